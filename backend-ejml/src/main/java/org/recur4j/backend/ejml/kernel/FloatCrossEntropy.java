package org.recur4j.backend.ejml.kernel;

import java.util.Arrays;
import org.recur4j.backend.ejml.array.Planes;
import org.recur4j.backend.ejml.engine.CellLoops;
import org.recur4j.backend.ejml.engine.FloatEngine;

/**
 * Softmax cross-entropy of rows of floats, with the scratch of one thread. The exponentials of
 * several rows are computed together, so that even short rows fill vectors, and once for both the
 * loss and the gradient; sums and logarithms are in double precision.
 */
final class FloatCrossEntropy {
  /** The number of logits processed together, unless a single row is longer. */
  private static final int CHUNK = 4096;

  private final CellLoops loops;
  private final float[] largest = new float[CHUNK];
  private float[] powers = new float[CHUNK];

  FloatCrossEntropy(FloatEngine engine) {
    this.loops = engine.loops();
  }

  /**
   * Computes the losses and, unless {@code d} is null, the gradients of {@code rows} rows of n
   * logits. Rows whose label is −1 or whose weight is 0 are not read and get zeros. d may be x.
   */
  void run(
      float[] x,
      int xOffset,
      int rows,
      int n,
      int[] labels,
      int labelOffset,
      float[] weights,
      int weightOffset,
      double smoothing,
      float[] losses,
      int lossOffset,
      float[] d,
      int dOffset) {
    int together = Math.max(1, CHUNK / n);
    if (powers.length < Planes.length(together * n)) {
      powers = new float[Planes.length(together * n)];
    }
    for (int first = 0; first < rows; first += together) {
      int count = Math.min(together, rows - first);
      for (int r = 0; r < count; r++) {
        shift(x, xOffset + (first + r) * n, n, counts(labels[labelOffset + first + r]), r);
      }
      loops.exponential(powers, count * n);
      for (int r = 0; r < count; r++) {
        int row = first + r;
        int label = labels[labelOffset + row];
        double weight = weights == null ? 1 : weights[weightOffset + row];
        double loss = 0;
        if (counts(label) && weight != 0) {
          double sum = 0;
          for (int j = r * n; j < (r + 1) * n; j++) {
            sum += powers[j];
          }
          loss =
              loss(x, xOffset + row * n, n, label, weight, smoothing, largest[r] + Math.log(sum));
          if (d != null) {
            gradient(r * n, n, label, weight, smoothing, sum, d, dOffset + row * n);
          }
        } else if (d != null) {
          Arrays.fill(d, dOffset + row * n, dOffset + (row + 1) * n, 0f);
        }
        losses[lossOffset + row] = (float) loss;
      }
    }
  }

  private static boolean counts(int label) {
    return label >= 0;
  }

  /** Stores the logits minus their largest, whose exponentials cannot overflow. */
  private void shift(float[] x, int from, int n, boolean counts, int r) {
    int to = r * n;
    if (!counts) {
      Arrays.fill(powers, to, to + n, 0f);
      return;
    }
    float top = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      top = Math.max(top, x[from + j]);
    }
    for (int j = 0; j < n; j++) {
      powers[to + j] = x[from + j] - top;
    }
    largest[r] = top;
  }

  private static double loss(
      float[] x, int from, int n, int label, double weight, double smoothing, double logSum) {
    double target = (1 - smoothing) * x[from + label];
    if (smoothing != 0) {
      double mean = 0;
      for (int j = 0; j < n; j++) {
        mean += x[from + j];
      }
      target += smoothing * (mean / n);
    }
    return weight * (logSum - target);
  }

  private void gradient(
      int from, int n, int label, double weight, double smoothing, double sum, float[] d, int to) {
    float scale = (float) (weight / sum);
    float spread = (float) (weight * smoothing / n);
    for (int j = 0; j < n; j++) {
      d[to + j] = powers[from + j] * scale - spread;
    }
    d[to + label] =
        (float) (weight * (powers[from + label] / sum - smoothing / n - (1 - smoothing)));
  }
}
