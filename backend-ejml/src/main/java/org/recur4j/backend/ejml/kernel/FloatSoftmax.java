package org.recur4j.backend.ejml.kernel;

/** Softmax of one row of floats, with exponentials and sums in double precision. */
final class FloatSoftmax {
  private FloatSoftmax() {}

  /**
   * Computes the softmax. Entries whose mask is 0 are not read and get 0; a null mask keeps all;
   * mask step 0 repeats the mask's element.
   */
  static void forward(
      float[] x, int xo, float[] mask, int mo, int maskStep, float[] y, int yo, int n) {
    float largest = Float.NEGATIVE_INFINITY;
    int kept = 0;
    for (int j = 0; j < n; j++) {
      if (mask == null || mask[mo + j * maskStep] != 0f) {
        largest = Math.max(largest, x[xo + j]);
        kept++;
      }
    }
    double sum = 0;
    for (int j = 0; j < n && kept > 0; j++) {
      if (mask == null || mask[mo + j * maskStep] != 0f) {
        double power = Math.exp((double) x[xo + j] - largest);
        sum += power;
        y[yo + j] = (float) power;
      }
    }
    for (int j = 0; j < n; j++) {
      boolean in = mask == null || mask[mo + j * maskStep] != 0f;
      y[yo + j] = in ? (float) (y[yo + j] / sum) : 0f;
    }
  }

  static void backward(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    double dot = 0;
    for (int j = 0; j < n; j++) {
      dot += (double) y[yo + j] * dy[dyo + j];
    }
    for (int j = 0; j < n; j++) {
      dx[dxo + j] = (float) (y[yo + j] * (dy[dyo + j] - dot));
    }
  }
}
