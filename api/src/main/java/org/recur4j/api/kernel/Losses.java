package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/** Softmax and what is built on it, along the last axis; the maximum is subtracted first. */
public interface Losses {
  /**
   * y = softmax(x) over the entries whose mask is not 0; others get exactly 0 and are not read. A
   * row whose mask is all 0 gives all zeros.
   *
   * @param x {@code [N…, C]}
   * @param mask same type, broadcasts to x; null for no mask
   * @param y {@code [N…, C]}; may be x
   */
  void softmax(Tensor x, Tensor mask, Tensor y);

  /**
   * dx = y · (dy − Σ y·dy), per row.
   *
   * @param y the output of {@link #softmax}
   * @param dy gradient with respect to y
   * @param dx the destination; may be dy
   */
  void softmaxGradient(Tensor y, Tensor dy, Tensor dx);

  /**
   * Cross-entropy of softmax(logits) against class indices, per row, with its gradient in the same
   * pass: loss[n] = w[n] · (logsumexp(logits[n]) − Σ_c q[n, c]·logits[n, c]) where q is one-hot,
   * smoothed to (1 − ε)·onehot + ε/C; dLogits[n, c] = w[n] · (softmax(logits[n])[c] − q[n, c]). A
   * row with label −1 or weight 0 is not read, has loss exactly 0 and gradient exactly 0.
   *
   * @param logits {@code [N, C]}
   * @param labels INT32 {@code [N]}, in [−1, C)
   * @param weights {@code [N]}, or null for all 1
   * @param smoothing ε in [0, 1)
   * @param loss {@code [N]}
   * @param dLogits {@code [N, C]}, may be logits; null if the gradient is not wanted
   */
  void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits);
}
