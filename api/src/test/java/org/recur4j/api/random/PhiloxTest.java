package org.recur4j.api.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.error.RecurException;

class PhiloxTest {
  private static final Philox RANDOM = new Philox(0x123456789ABCDEF0L);
  private static final long STREAM = RandomStream.DROPOUT.at(5);
  private static final long STEP = 7;

  /**
   * The known answers that Random123 publishes for philox4x32 with 10 rounds: counter, key, words.
   */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void knownAnswers(String counter, String key, String answer) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] words = new int[4];
    long block = Integer.toUnsignedLong(c[0]) | (long) c[1] << 32;
    Philox random = new Philox(Integer.toUnsignedLong(k[0]) | (long) k[1] << 32);
    random.generate(Integer.toUnsignedLong(c[3]), Integer.toUnsignedLong(c[2]), block, words);
    assertThat(words).containsExactly(words(answer));
  }

  /**
   * Computed by a second implementation in another language, written from the definition in the
   * Javadoc.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 66bcf0b9, 66bcf0b9ab77c9e4, 0x1.9af3cp-2, 0x1.9af3c2e6addf2p-2, 401, -0.5768656820738622",
    "1, ab77c9e4, 58afa856ab759e8d, 0x1.56ef92p-1, 0x1.62bea15aadd66p-2, 346, 0.832636626703827",
    "2, 58afa856, aa91ef74dabb3aa5, 0x1.62beap-2, 0x1.5523dee9b5767p-1, 666, 0.2642650841227458",
    "3, ab759e8d, 38b181221a81679b, 0x1.56eb3cp-1, 0x1.c58c0910d40bp-3, 221, 1.4577810556259563",
    "4, aa91ef74, 60a18f86c3bab7a2, 0x1.5523dep-1, 0x1.82863e1b0eeacp-2, 377, -0.8735281900296366",
    "1099511627779, 507e1d08, 3d5b1e7fd0d71dab, 0x1.41f874p-2, 0x1.ead8f3fe86b8cp-3, 239, 1.3339229437177709"
  })
  void everyKindOfDraw(
      long element,
      String bits32,
      String bits64,
      String unitFloat,
      String unitDouble,
      int below1000,
      double gaussian) {
    assertThat(RANDOM.bits32(STREAM, STEP, element))
        .isEqualTo(Integer.parseUnsignedInt(bits32, 16));
    assertThat(RANDOM.bits64(STREAM, STEP, element)).isEqualTo(Long.parseUnsignedLong(bits64, 16));
    assertThat(RANDOM.uniform(STREAM, STEP, element)).isEqualTo(Float.parseFloat(unitFloat));
    assertThat(RANDOM.uniformDouble(STREAM, STEP, element))
        .isEqualTo(Double.parseDouble(unitDouble));
    assertThat(RANDOM.bounded(1000, STREAM, STEP, element)).isEqualTo(below1000);
    assertThat(RANDOM.gaussian(STREAM, STEP, element)).isCloseTo(gaussian, within(1e-15));
  }

  @Test
  void fillsAreTheSingleDrawsAndLeaveTheRestAlone() {
    for (int count = 0; count < 10; count++) {
      float[] floats = filled(new float[14], -9);
      double[] doubles = new double[14];
      double[] gaussians = new double[14];
      Arrays.fill(doubles, -9);
      Arrays.fill(gaussians, -9);
      RANDOM.fillUniform(floats, 2, count, STREAM, STEP, 0, 1);
      RANDOM.fillUniform(doubles, 2, count, STREAM, STEP, 0, 1);
      RANDOM.fillGaussian(gaussians, 2, count, STREAM, STEP);
      for (int i = 0; i < 14; i++) {
        boolean inside = i >= 2 && i < 2 + count;
        assertThat(floats[i]).isEqualTo(inside ? RANDOM.uniform(STREAM, STEP, i - 2) : -9);
        assertThat(doubles[i]).isEqualTo(inside ? RANDOM.uniformDouble(STREAM, STEP, i - 2) : -9);
        assertThat(gaussians[i]).isEqualTo(inside ? RANDOM.gaussian(STREAM, STEP, i - 2) : -9);
      }
    }
  }

  @Test
  void uniformFillsTheRangeEvenly() {
    float[] values = new float[200_000];
    RANDOM.fillUniform(values, 0, values.length, STREAM, STEP, -2, 6);
    int[] bins = new int[16];
    double sum = 0;
    for (float value : values) {
      assertThat(value).isGreaterThanOrEqualTo(-2).isLessThan(6);
      bins[(int) ((value + 2) * 2)]++;
      sum += value;
    }
    // Standard error of the mean: 8 / sqrt(12 · 200,000) = 0.0052.
    assertThat(sum / values.length).isCloseTo(2, within(0.02));
    assertThat(chiSquared(bins)).isLessThan(37.7); // 15 degrees of freedom, p = 0.001
  }

  @Test
  void theUpperEndIsNeverReachedEvenWhereRoundingWouldReachIt() {
    float low = 16_777_216f;
    float high = Math.nextUp(low);
    float[] values = new float[1000];
    RANDOM.fillUniform(values, 0, values.length, STREAM, STEP, low, high);
    assertThat(values).containsOnly(low);
  }

  @Test
  void gaussianHasTheMomentsOfTheNormalDistribution() {
    double[] values = new double[200_000];
    RANDOM.fillGaussian(values, 0, values.length, STREAM, STEP);
    double mean = Arrays.stream(values).average().orElseThrow();
    double second = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    double fourth = Arrays.stream(values).map(v -> v * v * v * v).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.01));
    assertThat(second).isCloseTo(1, within(0.015));
    assertThat(fourth).isCloseTo(3, within(0.12));
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).isLessThan(8.6);
  }

  @Test
  void boundedIntegersAreEvenForEveryBound() {
    int[] bins = new int[7];
    for (int i = 0; i < 70_000; i++) {
      bins[RANDOM.bounded(7, STREAM, STEP, i)]++;
    }
    assertThat(chiSquared(bins)).isLessThan(22.5); // 6 degrees of freedom, p = 0.001
    assertThat(RANDOM.bounded(1, STREAM, STEP, 3)).isZero();
    for (int i = 0; i < 1000; i++) {
      assertThat(RANDOM.bounded(Integer.MAX_VALUE, STREAM, STEP, i))
          .isBetween(0, Integer.MAX_VALUE - 1);
    }
  }

  @Test
  void permutation() {
    assertThat(RANDOM.permutation(10, STREAM, STEP)).containsExactly(5, 3, 4, 7, 1, 2, 8, 9, 6, 0);
    int[] long1 = RANDOM.permutation(1000, STREAM, 1);
    assertThat(long1).isNotEqualTo(RANDOM.permutation(1000, STREAM, 2)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(long1).max().orElseThrow()).isEqualTo(999);
    assertThat(RANDOM.permutation(0, STREAM, STEP)).isEmpty();
  }

  @Test
  void seedStreamStepAndElementAllMatter() {
    Set<Long> seen = new HashSet<>();
    for (long seed : new long[] {0, 1, 1L << 32}) {
      for (RandomStream purpose : RandomStream.values()) {
        for (int index : new int[] {0, 1, RandomStream.MAXIMUM_INDEX}) {
          for (long step : new long[] {0, 1, 4294967295L}) {
            for (long element : new long[] {0, 1, 2, 1L << 33, Long.MAX_VALUE}) {
              assertThat(seen.add(new Philox(seed).bits64(purpose.at(index), step, element)))
                  .isTrue();
            }
          }
        }
      }
    }
    assertThat(seen).hasSize(3 * RandomStream.values().length * 3 * 3 * 5);
  }

  @Test
  void refusalsSayWhatIsWrong() {
    assertThatThrownBy(() -> RANDOM.uniform(1L << 32, 0, 0))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("got stream 4294967296")
        .hasMessageContaining("expected stream and step from 0 to 4294967295");
    assertThatThrownBy(() -> RANDOM.uniform(0, -1, 0))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("step -1");
    assertThatThrownBy(() -> RANDOM.gaussian(0, 0, -1))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("element -1");
    assertThatThrownBy(() -> RANDOM.bounded(0, 0, 0, 0))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("got the bound 0, expected at least 1");
    assertThatThrownBy(() -> RANDOM.fillUniform(new float[1], 0, 1, 0, 0, 1, 1))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("[1.0, 1.0)");
    assertThatThrownBy(() -> RANDOM.fillUniform(new float[1], 0, 1, 0, 0, -3e38f, 3e38f))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> RANDOM.permutation(-1, 0, 0))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> RANDOM.block(0, 0, 0, new int[3]))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("3 words");
    assertThatThrownBy(() -> RandomStream.SPLIT.at(1 << 24))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("SPLIT: got index 16777216, expected 0 to 16777215");
  }

  private static int[] words(String text) {
    return Arrays.stream(text.trim().split(" "))
        .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
        .toArray();
  }

  private static float[] filled(float[] values, float with) {
    Arrays.fill(values, with);
    return values;
  }

  private static double chiSquared(int[] bins) {
    double expected = Arrays.stream(bins).sum() / (double) bins.length;
    return Arrays.stream(bins).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }
}
