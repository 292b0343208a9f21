package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.kernel.Reduction;

/**
 * Reductions over runs of floats. Runs are summed in double precision and in order, so that sums
 * always have the same bits.
 */
final class FloatFolds {
  private FloatFolds() {}

  /** Reduces an axis of n entries with {@code inner} elements each, for one outer index. */
  static void fold(Reduction reduction, float[] x, int xo, int n, int inner, float[] y, int yo) {
    for (int i = 0; i < inner; i++) {
      y[yo + i] =
          switch (reduction) {
            case SUM -> (float) sum(x, xo + i, n, inner);
            case MEAN -> (float) (sum(x, xo + i, n, inner) / n);
            case MAXIMUM -> maximum(x, xo + i, n, inner);
          };
    }
  }

  static double sum(float[] x, int offset, int n, int stride) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += x[offset + j * stride];
    }
    return sum;
  }

  private static float maximum(float[] x, int offset, int n, int stride) {
    float largest = x[offset];
    for (int j = 1; j < n; j++) {
      largest = Math.max(largest, x[offset + j * stride]);
    }
    return largest;
  }

  /** Returns the index of the first largest value; NaN counts as the largest. */
  static int argMax(float[] x, int offset, int n) {
    int best = 0;
    for (int j = 0; j < n; j++) {
      float value = x[offset + j];
      if (Float.isNaN(value)) {
        return j;
      }
      if (value > x[offset + best]) {
        best = j;
      }
    }
    return best;
  }

  /**
   * Returns the sum of squares, from four partial sums that are combined in a fixed order: four
   * times as fast as one sum, and always the same bits.
   */
  static double squaredSum(float[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      s0 += (double) x[offset + j] * x[offset + j];
      s1 += (double) x[offset + j + 1] * x[offset + j + 1];
      s2 += (double) x[offset + j + 2] * x[offset + j + 2];
      s3 += (double) x[offset + j + 3] * x[offset + j + 3];
    }
    for (; j < n; j++) {
      s0 += (double) x[offset + j] * x[offset + j];
    }
    return s0 + s1 + (s2 + s3);
  }

  static int nonFiniteCount(float[] x, int offset, int n) {
    int count = 0;
    for (int j = 0; j < n; j++) {
      count += Float.isFinite(x[offset + j]) ? 0 : 1;
    }
    return count;
  }
}
