package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatActivations;
import org.recur4j.backend.ejml.array.Planes;

/**
 * The pointwise passes of the fused cells over the planes of one step: arrays of rows · hiddenSize
 * values of one quantity, long enough for whole vectors ({@link Planes#length}). Values beyond the
 * first {@code n} are computed too and are undefined.
 *
 * <p>The vanilla cell, for φ = tanh or ReLU (Elman 1990):
 *
 * <pre>
 * h = φ(z)
 * </pre>
 *
 * The LSTM (Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000, as in
 * PyTorch):
 *
 * <pre>
 * i = σ(zi)   f = σ(zf)   g = tanh(zg)   o = σ(zo)
 * c = f·c' + i·g          h = o·tanh(c)
 * </pre>
 *
 * The GRU (Cho et al. 2014) in both variants; u is the update gate, which is z in PyTorch's
 * formulas:
 *
 * <pre>
 * r = σ(zr)   u = σ(zu)
 * reset after:   n = tanh(xn + r·hn),  hn = h' W_hnᵀ + b_hn        (PyTorch, cuDNN)
 * reset before:  n = tanh(xn + (r·h') W_hnᵀ)                        (the paper; ONNX)
 * h = (1 − u)·n + u·h'
 * </pre>
 */
public interface CellLoops {
  /** The upper bound of the relative error of {@link #exponential}. */
  double EXPONENTIAL_ERROR = 2e-7;

  /** Replaces x by its hyperbolic tangent, within {@link FloatActivations#TANH_ERROR}. */
  void tanh(float[] x, int n);

  /** Replaces x by its logistic function, within {@link FloatActivations#SIGMOID_ERROR}. */
  void sigmoid(float[] x, int n);

  /**
   * Replaces x ≤ 0 by eˣ, with a relative error below {@link #EXPONENTIAL_ERROR}; arguments below
   * −87 are treated as −87.
   */
  void exponential(float[] x, int n);

  /** Computes h = φ(z) and stores it in z too, for backward; φ is ReLU or tanh. */
  void vanilla(boolean relu, float[] z, float[] h, int n);

  /** Computes dz = dh · φ'(z), with φ' expressed in terms of h. */
  void vanillaGradient(boolean relu, float[] h, float[] dh, float[] dz, int n);

  /** Replaces the pre-activations by the gates, and writes c, tanh c and h. */
  void lstm(
      float[] i,
      float[] f,
      float[] g,
      float[] o,
      float[] cBefore,
      float[] c,
      float[] tanhC,
      float[] h,
      int n);

  /** Writes the gradients of the pre-activations, and replaces ∂L/∂c in dc by ∂L/∂c'. */
  void lstmGradient(
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
      int n);

  /**
   * Reset after: replaces the pre-activations r, u and candidate by the gates and n, and writes h.
   */
  void gruAfter(
      float[] r, float[] u, float[] candidate, float[] hn, float[] hBefore, float[] h, int n);

  /** Reset after: writes the gradients of all pre-activations of the step. */
  void gruAfterGradient(
      float[] r,
      float[] u,
      float[] candidate,
      float[] hn,
      float[] hBefore,
      float[] dh,
      float[] dzr,
      float[] dzu,
      float[] dzn,
      float[] dhn,
      int n);

  /** Reset before, first half: replaces r and u by the gates, and writes {@code reset} = r·h'. */
  void gruBeforeGates(float[] r, float[] u, float[] left, float[] reset, int n);

  /** Reset before, second half: replaces the candidate by n, and writes h. */
  void gruBeforeOutput(float[] u, float[] candidate, float[] hBefore, float[] h, int n);

  /** Reset before: writes the gradients of zu and of the candidate's pre-activation from ∂L/∂h. */
  void gruBeforeGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n);

  /** Reset before: for drh = dzn·W_hn, writes dzr, and replaces drh by its part r·drh of dh'. */
  void gruBeforeResetGradient(float[] r, float[] left, float[] drh, float[] dzr, int n);
}
