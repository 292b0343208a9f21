package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatActivations;
import org.recur4j.backend.ejml.array.Planes;

/**
 * The pointwise passes of the fused cells over the planes of one step: arrays of rows · hiddenSize
 * values of one quantity, long enough for whole vectors ({@link Planes#length}). What lies beyond
 * the first {@code n} values is computed too and means nothing.
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
 * The GRU (Cho et al. 2014) in both variants; u is the update gate, z in PyTorch's formulas:
 *
 * <pre>
 * r = σ(zr)   u = σ(zu)
 * reset after:   n = tanh(xn + r·hn),  hn = h' W_hnᵀ + b_hn        (PyTorch, cuDNN)
 * reset before:  n = tanh(xn + (r·h') W_hnᵀ)                        (the paper; ONNX)
 * h = (1 − u)·n + u·h'
 * </pre>
 */
public interface CellLoops {
  /** Upper bound of the relative error of {@link #exponential}. */
  double EXPONENTIAL_ERROR = 2e-7;

  /** Replaces x by its hyperbolic tangent, within {@link FloatActivations#TANH_ERROR}. */
  void tanh(float[] x, int n);

  /** Replaces x by its logistic function, within {@link FloatActivations#SIGMOID_ERROR}. */
  void sigmoid(float[] x, int n);

  /**
   * Replaces x ≤ 0 by eˣ, with a relative error below {@link #EXPONENTIAL_ERROR}; arguments below
   * −87 count as −87.
   */
  void exponential(float[] x, int n);

  /** z becomes h = φ(z), which is all that backward needs; φ is ReLU or tanh. */
  void vanilla(boolean relu, float[] z, float[] h, int n);

  /** dz = dh · φ'(z), with φ' expressed by h. */
  void vanillaGradient(boolean relu, float[] h, float[] dh, float[] dz, int n);

  /** The pre-activations become the gates; writes c, tanh c and h. */
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

  /**
   * Writes the gradients of the pre-activations; dc enters as ∂L/∂c carried back and leaves as that
   * of c'.
   */
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

  /** Reset after: the pre-activations r, u and candidate become the gates and n; writes h. */
  void gruAfter(
      float[] r, float[] u, float[] candidate, float[] hn, float[] hBefore, float[] h, int n);

  /** Reset after: all gradients of the step's pre-activations; dh becomes its share u·dh. */
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

  /** Reset before, first half: r and u become gates, {@code reset} = r·h'. */
  void gruBeforeGates(float[] r, float[] u, float[] left, float[] reset, int n);

  /** Reset before, second half: the candidate becomes n; writes h. */
  void gruBeforeOutput(float[] u, float[] candidate, float[] hBefore, float[] h, int n);

  /** Reset before, from ∂L/∂h: the gradients of zu and of the candidate's pre-activation. */
  void gruBeforeGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n);

  /** Reset before, drh = dzn·W_hn: dzr through h', and drh becomes its share of dh', r·drh. */
  void gruBeforeResetGradient(float[] r, float[] left, float[] drh, float[] dzr, int n);
}
