package org.recur4j.backend.ejml;

/** Softmax and cross-entropy of one row of doubles; exponentials and sums in double. */
final class DoubleSoftmax {
  private DoubleSoftmax() {}

  /**
   * Entries whose mask is 0 get 0 and are not read; {@code mask} null keeps all; step 0 repeats the
   * mask's element.
   */
  static void forward(
      double[] x, int xo, double[] mask, int mo, int maskStep, double[] y, int yo, int n) {
    double largest = Double.NEGATIVE_INFINITY;
    int kept = 0;
    for (int j = 0; j < n; j++) {
      if (mask == null || mask[mo + j * maskStep] != 0.0) {
        largest = Math.max(largest, x[xo + j]);
        kept++;
      }
    }
    double sum = 0;
    for (int j = 0; j < n && kept > 0; j++) {
      if (mask == null || mask[mo + j * maskStep] != 0.0) {
        double power = Math.exp(x[xo + j] - largest);
        sum += power;
        y[yo + j] = power;
      }
    }
    for (int j = 0; j < n; j++) {
      boolean in = mask == null || mask[mo + j * maskStep] != 0.0;
      y[yo + j] = in ? (y[yo + j] / sum) : 0.0;
    }
  }

  static void backward(double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int n) {
    double dot = 0;
    for (int j = 0; j < n; j++) {
      dot += y[yo + j] * dy[dyo + j];
    }
    for (int j = 0; j < n; j++) {
      dx[dxo + j] = (y[yo + j] * (dy[dyo + j] - dot));
    }
  }

  /** The loss of one row with label ≥ 0 and weight ≠ 0; {@code d} null if no gradient is wanted. */
  static double crossEntropy(
      double[] x,
      int xo,
      int n,
      int label,
      double weight,
      double smoothing,
      double[] d,
      int dOffset) {
    double largest = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, x[xo + j]);
      mean += x[xo + j];
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.exp(x[xo + j] - largest);
    }
    double logSum = largest + Math.log(sum);
    double target = (1 - smoothing) * x[xo + label] + (smoothing == 0 ? 0 : smoothing * (mean / n));
    double loss = weight * (logSum - target);
    if (d != null) {
      double spread = smoothing / n;
      for (int j = 0; j < n; j++) {
        double q = spread + (j == label ? 1 - smoothing : 0);
        d[dOffset + j] = (weight * (Math.exp(x[xo + j] - largest) / sum - q));
      }
    }
    return loss;
  }
}
