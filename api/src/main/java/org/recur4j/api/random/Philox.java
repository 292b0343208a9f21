package org.recur4j.api.random;

import java.util.Objects;
import org.recur4j.api.error.RecurException;

/**
 * The counter-based random number generator Philox4x32-10 (J. K. Salmon, M. A. Moraes, R. O. Dror,
 * D. E. Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011). It has no state: a number is
 * a function of the seed and of its place of use, so that any thread, backend or device computes
 * the same number in any order.
 *
 * <p><b>Definition.</b> A block is four 32-bit words, Philox4x32-10 of
 *
 * <pre>
 * key     = (seed &amp; 0xffffffff, seed &gt;&gt;&gt; 32)
 * counter = (block &amp; 0xffffffff, block &gt;&gt;&gt; 32, step, stream)
 * </pre>
 *
 * Element e is computed from the words w0 w1 w2 w3 of a block:
 *
 * <ul>
 *   <li>the 32-bit word: block e/4, word e mod 4;
 *   <li>the 64 bits: block e/2, {@code w0·2^32 + w1} for even e, {@code w2·2^32 + w3} for odd e;
 *   <li>the float uniform: the upper 24 of the 32 bits, times 2^-24;
 *   <li>the double uniform: the upper 53 of the 64 bits, times 2^-53;
 *   <li>the bounded integer: the upper 64 bits of the 128-bit product of the 64 bits and the bound;
 *   <li>the Gaussian (Box and Muller 1958): of block e/2, with u, v the double uniforms of its two
 *       halves, {@code r = sqrt(-2·log(1-u))}, {@code r·cos(2πv)} for even e and {@code r·sin(2πv)}
 *       for odd e, in {@link StrictMath}.
 * </ul>
 *
 * A number of a range [low, high) is {@code low + (high - low)·u}, with each operation rounded
 * separately (no fused multiply-add); a result rounded up to {@code high} becomes the next number
 * below it.
 *
 * <p>Draws of different kinds (float, double, integer, Gaussian) at one stream and step share their
 * bits and are not independent: use a separate stream or step for each purpose.
 *
 * <p>Not for cryptography. The methods that return one number allocate nothing.
 *
 * @param seed any number; it is the key of the generator
 */
public record Philox(long seed) {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int KEY_INCREMENT_0 = 0x9E3779B9;
  private static final int KEY_INCREMENT_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final int WORDS = 4;
  private static final long LOW_WORD = 0xFFFFFFFFL;
  private static final float FLOAT_UNIT = 0x1p-24f;
  private static final double DOUBLE_UNIT = 0x1p-53;

  /**
   * Computes the four words of one block.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param block 0 to 2^63 − 1
   * @param words the array that receives the four words, from index 0
   */
  public void block(long stream, long step, long block, int[] words) {
    check(stream, step, block);
    if (words.length < WORDS) {
      throw new RecurException(
          "Philox block: got an array of "
              + words.length
              + " words, expected at least 4. Pass a new int[4].");
    }
    generate(stream, step, block, words);
  }

  /**
   * Returns 32 random bits.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the bits; all 2^32 values are equally likely
   */
  public int bits32(long stream, long step, long element) {
    check(stream, step, element);
    long pair = half(stream, step, element >>> 2, element >>> 1 & 1);
    return (int) ((element & 1) == 0 ? pair >>> 32 : pair);
  }

  /**
   * Returns 64 random bits.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the bits; all 2^64 values are equally likely
   */
  public long bits64(long stream, long step, long element) {
    check(stream, step, element);
    return half(stream, step, element >>> 1, element & 1);
  }

  /**
   * Returns a uniformly distributed number in [0, 1), a multiple of 2^-24.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the number
   */
  public float uniform(long stream, long step, long element) {
    return unitFloat(bits32(stream, step, element));
  }

  /**
   * Returns a uniformly distributed number in [0, 1), a multiple of 2^-53.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the number
   */
  public double uniformDouble(long stream, long step, long element) {
    return unitDouble(bits64(stream, step, element));
  }

  /**
   * Returns a number of the standard normal distribution, at most 8.6 away from 0.
   *
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the number, the same bits on every machine
   */
  public double gaussian(long stream, long step, long element) {
    check(stream, step, element);
    double radius = radius(half(stream, step, element >>> 1, 0));
    double angle = angle(half(stream, step, element >>> 1, 1));
    return (element & 1) == 0 ? radius * StrictMath.cos(angle) : radius * StrictMath.sin(angle);
  }

  /**
   * Returns a uniformly distributed integer in [0, bound). No draw is rejected, so that the
   * counters used are known in advance; the probabilities of two values differ by at most 2^-64.
   *
   * @param bound the exclusive upper bound, at least 1
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param element 0 to 2^63 − 1
   * @return the integer
   */
  public int bounded(int bound, long stream, long step, long element) {
    if (bound < 1) {
      throw new RecurException(
          "Random integer: got the bound "
              + bound
              + ", expected at least 1. Draw from a range that is not empty.");
    }
    long bits = bits64(stream, step, element);
    // Math.multiplyHigh is signed; the second term adds the bound where the bits were taken as a
    // negative number.
    return (int) (Math.multiplyHigh(bits, (long) bound) + (bits >> 63 & bound));
  }

  /**
   * Fills a range of an array with uniformly distributed numbers; {@code target[offset + i]} is
   * element i.
   *
   * @param target the array
   * @param offset the first index
   * @param count the number of elements
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param low the inclusive lower bound
   * @param high the exclusive upper bound; {@code high - low} must be finite
   */
  public void fillUniform(
      float[] target, int offset, int count, long stream, long step, float low, float high) {
    Objects.checkFromIndexSize(offset, count, target.length);
    check(stream, step, 0);
    checkRange(low, high, high - low);
    float width = high - low;
    float largest = Math.nextDown(high);
    int[] words = new int[WORDS];
    int blocks = (count >>> 2) + ((count & 3) == 0 ? 0 : 1);
    for (int block = 0; block < blocks; block++) {
      generate(stream, step, block, words);
      int start = block * WORDS;
      int lanes = Math.min(WORDS, count - start);
      for (int lane = 0; lane < lanes; lane++) {
        target[offset + start + lane] = Math.min(low + width * unitFloat(words[lane]), largest);
      }
    }
  }

  /**
   * Fills a range of an array with uniformly distributed numbers of 53 bits; {@code target[offset +
   * i]} is element i.
   *
   * @param target the array
   * @param offset the first index
   * @param count the number of elements
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   * @param low the inclusive lower bound
   * @param high the exclusive upper bound; {@code high - low} must be finite
   */
  public void fillUniform(
      double[] target, int offset, int count, long stream, long step, double low, double high) {
    Objects.checkFromIndexSize(offset, count, target.length);
    check(stream, step, 0);
    checkRange(low, high, high - low);
    double width = high - low;
    double largest = Math.nextDown(high);
    for (int i = 0; i < count; i++) {
      double unit = unitDouble(half(stream, step, i >>> 1, i & 1));
      target[offset + i] = Math.min(low + width * unit, largest);
    }
  }

  /**
   * Fills a range of an array with numbers of the standard normal distribution; {@code
   * target[offset + i]} is element i.
   *
   * @param target the array
   * @param offset the first index
   * @param count the number of elements
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1
   */
  public void fillGaussian(double[] target, int offset, int count, long stream, long step) {
    Objects.checkFromIndexSize(offset, count, target.length);
    check(stream, step, 0);
    int blocks = (count >>> 1) + (count & 1);
    for (int block = 0; block < blocks; block++) {
      double radius = radius(half(stream, step, block, 0));
      double angle = angle(half(stream, step, block, 1));
      int even = block * 2;
      target[offset + even] = radius * StrictMath.cos(angle);
      if (even + 1 < count) {
        target[offset + even + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  /**
   * Returns a random permutation of 0 … count−1 (Fisher and Yates, from the last place down; place
   * i takes the bounded integer of bound i+1 at element i).
   *
   * @param count the number of elements, at least 0
   * @param stream 0 to 2^32 − 1, see {@link RandomStream}
   * @param step 0 to 2^32 − 1, for instance the epoch
   * @return a new array
   */
  public int[] permutation(int count, long stream, long step) {
    if (count < 0) {
      throw new RecurException(
          "Random permutation: got "
              + count
              + " places, expected at least 0. Pass the number of elements to shuffle.");
    }
    check(stream, step, 0);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = bounded(i + 1, stream, step, i);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return order;
  }

  private static float unitFloat(int bits) {
    return (bits >>> 8) * FLOAT_UNIT;
  }

  private static double unitDouble(long bits) {
    return (bits >>> 11) * DOUBLE_UNIT;
  }

  private static double radius(long bits) {
    return Math.sqrt(-2 * StrictMath.log(1 - unitDouble(bits)));
  }

  private static double angle(long bits) {
    return 2 * Math.PI * unitDouble(bits);
  }

  /*
   * One round (Salmon et al., section 3.3), with hi and lo of the 64-bit products M0·w0 and M1·w2:
   *   w0' = hi(M1·w2) ^ w1 ^ k0,  w1' = lo(M1·w2),  w2' = hi(M0·w0) ^ w3 ^ k1,  w3' = lo(M0·w0)
   * The round is written twice, because a method can return two words without an array but not four, and the fills of arrays need all four for the cost of one.
   */
  private long half(long stream, long step, long block, long half) {
    int word0 = (int) block;
    int word1 = (int) (block >>> 32);
    int word2 = (int) step;
    int word3 = (int) stream;
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (word0 & LOW_WORD);
      long product1 = MULTIPLIER_1 * (word2 & LOW_WORD);
      word0 = (int) (product1 >>> 32) ^ word1 ^ key0;
      word1 = (int) product1;
      word2 = (int) (product0 >>> 32) ^ word3 ^ key1;
      word3 = (int) product0;
      key0 += KEY_INCREMENT_0;
      key1 += KEY_INCREMENT_1;
    }
    return half == 0
        ? (word0 & LOW_WORD) << 32 | (word1 & LOW_WORD)
        : (word2 & LOW_WORD) << 32 | (word3 & LOW_WORD);
  }

  void generate(long stream, long step, long block, int[] words) {
    int word0 = (int) block;
    int word1 = (int) (block >>> 32);
    int word2 = (int) step;
    int word3 = (int) stream;
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (word0 & LOW_WORD);
      long product1 = MULTIPLIER_1 * (word2 & LOW_WORD);
      word0 = (int) (product1 >>> 32) ^ word1 ^ key0;
      word1 = (int) product1;
      word2 = (int) (product0 >>> 32) ^ word3 ^ key1;
      word3 = (int) product0;
      key0 += KEY_INCREMENT_0;
      key1 += KEY_INCREMENT_1;
    }
    words[0] = word0;
    words[1] = word1;
    words[2] = word2;
    words[3] = word3;
  }

  private static void check(long stream, long step, long element) {
    if ((stream | step) >>> 32 != 0 || element < 0) {
      throw new RecurException(
          "Random number: got stream "
              + stream
              + ", step "
              + step
              + ", element "
              + element
              + ", expected stream and step from 0 to 4294967295 and an element of at least 0."
              + " Take streams from RandomStream and count steps from 0.");
    }
  }

  private static void checkRange(double low, double high, double width) {
    if (!(low < high) || Double.isInfinite(width)) {
      throw new RecurException(
          "Uniform random numbers: got the range ["
              + low
              + ", "
              + high
              + "), expected finite bounds, the lower below the upper, with a finite difference. Check the order of the bounds.");
    }
  }
}
