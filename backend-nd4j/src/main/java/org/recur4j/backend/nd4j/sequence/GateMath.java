package org.recur4j.backend.nd4j.sequence;

/**
 * The pointwise computations of a step, over planes: arrays with a common index that starts at 0.
 * Each loop is small, so that the compiler vectorizes it.
 *
 * <pre>
 * LSTM (Hochreiter, Schmidhuber 1997; forget gate Gers et al. 2000; as PyTorch)
 *   i, f, o = σ(·)   g = tanh(·)   c = f·c' + i·g   h = o·tanh c
 * GRU (Cho et al. 2014)
 *   r, z = σ(·)      n = tanh(·)   h = (1 − z)·n + z·h'
 * </pre>
 */
final class GateMath {
  private GateMath() {}

  /** Computes c = f·c + i·g. */
  static void lstmCell(float[] i, float[] f, float[] g, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = f[j] * c[j] + i[j] * g[j];
    }
  }

  /** Computes out = a·b. */
  static void product(float[] a, float[] b, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * b[j];
    }
  }

  /** Computes dc = dc + dh·o·(1 − tanh²c). */
  static void lstmCellGradient(float[] dh, float[] o, float[] tanhC, float[] dc, int n) {
    for (int j = 0; j < n; j++) {
      dc[j] = dc[j] + dh[j] * o[j] * (1f - tanhC[j] * tanhC[j]);
    }
  }

  /**
   * Computes out = d·partner·s·(1 − s), the gradient of a sigmoid gate s that multiplies {@code
   * partner}.
   */
  static void gateGradient(float[] d, float[] partner, float[] s, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = d[j] * partner[j] * s[j] * (1f - s[j]);
    }
  }

  /**
   * Computes out = d·partner·(1 − v²), the gradient of a tanh v that {@code partner} multiplies.
   */
  static void candidateGradient(float[] d, float[] partner, float[] v, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = d[j] * partner[j] * (1f - v[j] * v[j]);
    }
  }

  /** Computes h = (1 − z)·n + z·h. */
  static void gruOutput(float[] z, float[] candidate, float[] h, int n) {
    for (int j = 0; j < n; j++) {
      h[j] = (1f - z[j]) * candidate[j] + z[j] * h[j];
    }
  }

  /** Computes out = dh·(h' − n)·z·(1 − z). */
  static void gruUpdateGradient(
      float[] dh, float[] before, float[] candidate, float[] z, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = dh[j] * (before[j] - candidate[j]) * z[j] * (1f - z[j]);
    }
  }

  /** Computes out = dh·(1 − z)·(1 − n²). */
  static void gruCandidateGradient(float[] dh, float[] z, float[] candidate, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = dh[j] * (1f - z[j]) * (1f - candidate[j] * candidate[j]);
    }
  }
}
