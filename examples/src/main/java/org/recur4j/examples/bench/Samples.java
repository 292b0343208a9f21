package org.recur4j.examples.bench;

import java.util.Arrays;

/** Times of single steps. Adding one allocates nothing. */
final class Samples {
  private static final int CAPACITY = 1 << 18;

  private final long[] nanoseconds = new long[CAPACITY];
  private int count;

  void add(long time) {
    nanoseconds[count++] = time;
  }

  boolean isFull() {
    return count == CAPACITY;
  }

  int count() {
    return count;
  }

  /** The smallest time that at least this part of all times does not exceed. */
  double percentile(double percent) {
    long[] sorted = Arrays.copyOf(nanoseconds, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * count);
    return sorted[Math.max(1, rank) - 1];
  }
}
