package org.recur4j.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

/**
 * The assignment of examples to batches and the order of the batches. It differs from epoch to
 * epoch and is the same for the same seed.
 *
 * <p>With windows of several batches, the shuffled examples are sorted by length within each window
 * and the batches are shuffled again, so that a batch has sequences of similar length and little
 * padding but its examples are still chosen at random.
 *
 * @param batchSize examples per batch, at least 1; the last batch of a window may be smaller
 * @param windowBatches batches per window, at least 1; 1 ignores lengths
 * @param seed any number
 */
public record BatchOrder(int batchSize, int windowBatches, long seed) {
  private static final int EXAMPLES = 0;
  private static final int BATCHES = 1;

  /** Checks that the sizes are positive. */
  public BatchOrder {
    if (batchSize < 1 || windowBatches < 1) {
      throw new InvalidArgumentException(
          "batches",
          "size " + batchSize + ", windows of " + windowBatches + " batches",
          "both at least 1",
          "Use a window of 1 to ignore lengths");
    }
  }

  /**
   * Returns the number of batches.
   *
   * @param examples number of examples, at least 0
   * @return the same for every epoch
   */
  public int count(int examples) {
    return (int) (((long) examples + batchSize - 1) / batchSize);
  }

  /**
   * Returns the batches of one epoch.
   *
   * @param lengths the lengths of the examples, each at least 0
   * @param epoch at least 0
   * @return indices of examples; every example is in exactly one batch
   */
  public List<int[]> batches(int[] lengths, int epoch) {
    Philox random = new Philox(seed);
    int[] order = random.permutation(lengths.length, RandomStream.SHUFFLE.at(EXAMPLES), epoch);
    if (windowBatches > 1) {
      sortInWindows(order, lengths);
    }
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, (int) end(from, batchSize, order.length)));
    }
    if (windowBatches == 1) {
      return batches;
    }
    List<int[]> shuffled = new ArrayList<>();
    for (int batch : random.permutation(batches.size(), RandomStream.SHUFFLE.at(BATCHES), epoch)) {
      shuffled.add(batches.get(batch));
    }
    return shuffled;
  }

  /**
   * Returns the padding of one epoch's batches; larger windows need less.
   *
   * @param lengths the lengths of the examples, each at least 0
   * @param epoch at least 0
   * @return real and computed steps of all batches
   */
  public Padding padding(int[] lengths, int epoch) {
    Padding sum = Padding.NONE;
    for (int[] batch : batches(lengths, epoch)) {
      sum = sum.plus(Padding.of(Arrays.stream(batch).map(place -> lengths[place]).toArray()));
    }
    return sum;
  }

  /**
   * Sorts by length, then by position in the shuffled order, so that equal lengths stay shuffled.
   */
  private void sortInWindows(int[] order, int[] lengths) {
    long window = (long) windowBatches * batchSize;
    int[] shuffled = order.clone();
    int from = 0;
    while (from < order.length) {
      int to = (int) end(from, window, order.length);
      long[] keys = new long[to - from];
      for (int i = from; i < to; i++) {
        keys[i - from] = (long) lengths[shuffled[i]] << Integer.SIZE | i;
      }
      Arrays.sort(keys);
      for (int i = from; i < to; i++) {
        order[i] = shuffled[(int) keys[i - from]];
      }
      from = to;
    }
  }

  private static long end(long from, long size, int limit) {
    return Math.min(from + size, limit);
  }
}
