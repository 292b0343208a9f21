package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Softmax and cross-entropy along the last axis. The largest value of a row is subtracted before
 * the exponential, so that large values do not overflow.
 */
public interface Losses {
  /**
   * Computes y = softmax(x) over the entries whose mask is not 0. The other entries are not read
   * and are exactly 0 in y, as is a row without any unmasked entry.
   *
   * @param x {@code [N…, C]}
   * @param mask of x's floating type and of a shape that broadcasts to x's; null for no mask
   * @param y {@code [N…, C]}; may be x
   */
  void softmax(Tensor x, Tensor mask, Tensor y);

  /**
   * Computes dx = y · (dy − Σ y·dy) for each row.
   *
   * @param y {@code [N…, C]}, the output of {@link #softmax}
   * @param dy {@code [N…, C]}, the gradient with respect to y
   * @param dx {@code [N…, C]}, the destination; may be dy
   */
  void softmaxGradient(Tensor y, Tensor dy, Tensor dx);

  /**
   * Computes the cross-entropy of softmax(logits) against class indices for each row, and its
   * gradient: loss[n] = w[n] · (logsumexp(logits[n]) − Σ_c q[n, c]·logits[n, c]), where q is
   * one-hot, smoothed to (1 − ε)·onehot + ε/C; dLogits[n, c] = w[n] · (softmax(logits[n])[c] − q[n,
   * c]). A row with label −1 or weight 0 is not read; its loss and gradient are exactly 0.
   *
   * @param logits {@code [N, C]}
   * @param labels INT32 {@code [N]}, in [−1, C)
   * @param weights {@code [N]} of the logits' type, or null for all 1
   * @param smoothing ε in [0, 1)
   * @param loss {@code [N]}, overwritten
   * @param dLogits {@code [N, C]}, overwritten; may be logits; null if the gradient is not wanted
   */
  void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits);
}
