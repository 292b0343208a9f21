package org.recur4j.backend.ejml;

/**
 * The pointwise part of {@code h = φ(W_ih x + b + W_hh h')} over the planes of one step, for φ =
 * tanh or ReLU (Elman 1990). A plane holds one quantity for all rows of a block: n = rows ·
 * hiddenSize values.
 */
final class VanillaStep {
  private VanillaStep() {}

  /** z becomes h, which is all that backward needs. */
  static void forward(boolean relu, float[] z, float[] h, int n) {
    if (relu) {
      rectify(z, n);
    } else {
      FloatActivations.tanh(z, 0, n);
    }
    System.arraycopy(z, 0, h, 0, n);
  }

  /** dz = dh · φ'(z), with φ' expressed by h. */
  static void backward(boolean relu, float[] h, float[] dh, float[] dz, int n) {
    if (relu) {
      for (int j = 0; j < n; j++) {
        dz[j] = h[j] > 0f ? dh[j] : 0f;
      }
    } else {
      for (int j = 0; j < n; j++) {
        dz[j] = dh[j] * (1f - h[j] * h[j]);
      }
    }
  }

  private static void rectify(float[] z, int n) {
    for (int j = 0; j < n; j++) {
      z[j] = Math.max(0f, z[j]);
    }
  }
}
