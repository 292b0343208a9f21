package org.recur4j.backend.ejml;

/**
 * The pointwise parts of a GRU step (Cho et al. 2014) in both variants, over the planes of one
 * step:
 *
 * <pre>
 * r = σ(zr)   u = σ(zz)                          (u is the update gate, z in PyTorch's formulas)
 * reset after:   n = tanh(xn + r·hn),  hn = h' W_hnᵀ + b_hn        (PyTorch, cuDNN)
 * reset before:  n = tanh(xn + (r·h') W_hnᵀ)                        (the paper; ONNX)
 * h = (1 − u)·n + u·h'
 * </pre>
 */
final class GruStep {
  private GruStep() {}

  static void gates(float[] r, float[] u, int n) {
    FloatActivations.sigmoid(r, 0, n);
    FloatActivations.sigmoid(u, 0, n);
  }

  /** The candidate of reset-after: {@code candidate} holds xn and becomes n. */
  static void candidateAfter(float[] r, float[] hn, float[] candidate, int n) {
    for (int j = 0; j < n; j++) {
      candidate[j] = candidate[j] + r[j] * hn[j];
    }
  }

  /** {@code candidate} holds the pre-activation and becomes n; writes h. */
  static void output(float[] u, float[] candidate, float[] hBefore, float[] h, int n) {
    FloatActivations.tanh(candidate, 0, n);
    for (int j = 0; j < n; j++) {
      h[j] = (1f - u[j]) * candidate[j] + u[j] * hBefore[j];
    }
  }

  /**
   * From ∂L/∂h: the gradients of zz and of the candidate's pre-activation, and dh becomes its share
   * u·dh.
   */
  static void outputGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n) {
    updateGradient(u, candidate, hBefore, dh, dzu, n);
    candidateGradient(u, candidate, dh, dzn, n);
  }

  private static void updateGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, int n) {
    for (int j = 0; j < n; j++) {
      dzu[j] = dh[j] * (hBefore[j] - candidate[j]) * u[j] * (1f - u[j]);
    }
  }

  private static void candidateGradient(
      float[] u, float[] candidate, float[] dh, float[] dzn, int n) {
    for (int j = 0; j < n; j++) {
      dzn[j] = dh[j] * (1f - u[j]) * (1f - candidate[j] * candidate[j]);
    }
  }

  /** Reset after: dzr through hn, and dhn = dzn · r, which the recurrent product sees. */
  static void resetGradientAfter(
      float[] r, float[] hn, float[] dzn, float[] dzr, float[] dhn, int n) {
    LstmStep.gateGradient(dzn, hn, r, dzr, n);
    Planes.multiply(dzn, r, dhn, n);
  }

  /** Reset before, drh = dzn·W_hn: dzr through h', and drh becomes its share of dh', r·drh. */
  static void resetGradientBefore(float[] r, float[] hBefore, float[] drh, float[] dzr, int n) {
    LstmStep.gateGradient(drh, hBefore, r, dzr, n);
    Planes.multiply(drh, r, drh, n);
  }
}
