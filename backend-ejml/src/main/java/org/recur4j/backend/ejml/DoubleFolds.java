package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Reduction;

/**
 * Folds over runs of doubles. Runs are summed in double and in order, so that sums are the same
 * every time.
 */
final class DoubleFolds {
  private DoubleFolds() {}

  /** Folds an axis of n entries with {@code inner} elements each, for one outer index. */
  static void fold(Reduction reduction, double[] x, int xo, int n, int inner, double[] y, int yo) {
    for (int i = 0; i < inner; i++) {
      y[yo + i] =
          switch (reduction) {
            case SUM -> sum(x, xo + i, n, inner);
            case MEAN -> (sum(x, xo + i, n, inner) / n);
            case MAXIMUM -> maximum(x, xo + i, n, inner);
          };
    }
  }

  static double sum(double[] x, int offset, int n, int stride) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += x[offset + j * stride];
    }
    return sum;
  }

  private static double maximum(double[] x, int offset, int n, int stride) {
    double largest = x[offset];
    for (int j = 1; j < n; j++) {
      largest = Math.max(largest, x[offset + j * stride]);
    }
    return largest;
  }

  /** The first of the largest; NaN counts as the largest. */
  static int argMax(double[] x, int offset, int n) {
    int best = 0;
    for (int j = 0; j < n; j++) {
      double value = x[offset + j];
      if (Double.isNaN(value)) {
        return j;
      }
      if (value > x[offset + best]) {
        best = j;
      }
    }
    return best;
  }

  /**
   * Four partial sums by position, combined in order: the same every time, and four times the pace.
   */
  static double squaredSum(double[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += x[offset + j] * x[offset + j];
      s1 += x[offset + j + 1] * x[offset + j + 1];
      s2 += x[offset + j + 2] * x[offset + j + 2];
      s3 += x[offset + j + 3] * x[offset + j + 3];
    }
    for (; j < n; j++) {
      s0 += x[offset + j] * x[offset + j];
    }
    return s0 + s1 + (s2 + s3);
  }

  static int nonFiniteCount(double[] x, int offset, int n) {
    int count = 0;
    for (int j = 0; j < n; j++) {
      count += Double.isFinite(x[offset + j]) ? 0 : 1;
    }
    return count;
  }
}
