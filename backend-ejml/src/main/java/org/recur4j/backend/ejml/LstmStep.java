package org.recur4j.backend.ejml;

/**
 * The pointwise part of an LSTM step (Hochreiter and Schmidhuber 1997 with the forget gate of Gers
 * et al. 2000, as PyTorch computes it), over the planes of one step:
 *
 * <pre>
 * i = σ(zi)   f = σ(zf)   g = tanh(zg)   o = σ(zo)
 * c = f·c' + i·g          h = o·tanh(c)
 * </pre>
 *
 * Each loop stays small and uses one index for all its arrays, else the JIT compiler leaves it
 * scalar.
 */
final class LstmStep {
  private LstmStep() {}

  /** The pre-activations become the gates; writes c, tanh c and h. */
  static void forward(
      float[] i,
      float[] f,
      float[] g,
      float[] o,
      float[] cBefore,
      float[] c,
      float[] tanhC,
      float[] h,
      int n) {
    FloatActivations.sigmoid(i, 0, n);
    FloatActivations.sigmoid(f, 0, n);
    FloatActivations.tanh(g, 0, n);
    FloatActivations.sigmoid(o, 0, n);
    cell(i, f, g, cBefore, c, n);
    System.arraycopy(c, 0, tanhC, 0, n);
    FloatActivations.tanh(tanhC, 0, n);
    Planes.multiply(o, tanhC, h, n);
  }

  /**
   * Writes the gradients of the pre-activations; dc enters as ∂L/∂c carried back and leaves as that
   * of c'.
   */
  static void backward(
      float[] i,
      float[] f,
      float[] g,
      float[] o,
      float[] cBefore,
      float[] tanhC,
      float[] dh,
      float[] dc,
      float[] dzi,
      float[] dzf,
      float[] dzg,
      float[] dzo,
      int n) {
    cellGradient(dc, dh, o, tanhC, n);
    gateGradient(dh, tanhC, o, dzo, n);
    gateGradient(dc, g, i, dzi, n);
    gateGradient(dc, cBefore, f, dzf, n);
    candidateGradient(dc, i, g, dzg, n);
    Planes.multiply(dc, f, dc, n);
  }

  private static void cell(float[] i, float[] f, float[] g, float[] cBefore, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = f[j] * cBefore[j] + i[j] * g[j];
    }
  }

  private static void cellGradient(float[] dc, float[] dh, float[] o, float[] tanhC, int n) {
    for (int j = 0; j < n; j++) {
      dc[j] = dc[j] + dh[j] * o[j] * (1f - tanhC[j] * tanhC[j]);
    }
  }

  /** dz = d · partner · s · (1 − s) for a sigmoid gate s that multiplies {@code partner}. */
  static void gateGradient(float[] d, float[] partner, float[] s, float[] dz, int n) {
    for (int j = 0; j < n; j++) {
      dz[j] = d[j] * partner[j] * s[j] * (1f - s[j]);
    }
  }

  private static void candidateGradient(float[] dc, float[] i, float[] g, float[] dzg, int n) {
    for (int j = 0; j < n; j++) {
      dzg[j] = dc[j] * i[j] * (1f - g[j] * g[j]);
    }
  }
}
