package org.recur4j.conformance;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Test numbers: the same every time, and exact in FLOAT32, so that no oracle sees others. */
final class Numbers {
  private final SplittableRandom random;

  Numbers(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Uniform in ±bound. */
  double[] uniform(int count, double bound) {
    return fill(count, i -> (float) (bound * (2 * random.nextDouble() - 1)));
  }

  /** Uniform in [low, high). */
  double[] between(int count, double low, double high) {
    return fill(count, i -> (float) (low + (high - low) * random.nextDouble()));
  }

  /** Odd multiples of 1/16 in ±15/16. */
  double[] odd(int count) {
    return fill(count, i -> (2 * random.nextInt(16) - 15) / 16.0);
  }

  /** Even multiples of 1/16 in ±half. */
  double[] even(int count) {
    return fill(count, i -> (2 * random.nextInt(9) - 8) / 16.0);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  static double[] fill(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }
}
