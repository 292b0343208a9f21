package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.broadcast;
import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;

/** Softmax along rows, the maximum subtracted first. */
interface ToyLosses extends Losses {
  @Override
  default void softmax(Tensor x, Tensor mask, Tensor y) {
    int classes = x.extent(-1);
    for (int from = 0; from < x.size(); from += classes) {
      double maximum = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + classes; i++) {
        maximum = chosen(mask, i, x) ? Math.max(maximum, get(x, i)) : maximum;
      }
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += chosen(mask, i, x) ? Math.exp(get(x, i) - maximum) : 0;
      }
      for (int i = from; i < from + classes; i++) {
        set(y, i, chosen(mask, i, x) ? Math.exp(get(x, i) - maximum) / sum : 0);
      }
    }
  }

  private static boolean chosen(Tensor mask, int i, Tensor x) {
    return mask == null || get(mask, broadcast(i, x.shape(), mask.shape())) != 0;
  }

  @Override
  default void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    int classes = y.extent(-1);
    for (int from = 0; from < y.size(); from += classes) {
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += get(y, i) * get(dy, i);
      }
      for (int i = from; i < from + classes; i++) {
        set(dx, i, get(y, i) * (get(dy, i) - sum));
      }
    }
  }

  @Override
  default void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    for (int row = 0; row < logits.extent(0); row++) {
      int label = (int) get(labels, row);
      double weight = weights == null ? 1 : get(weights, row);
      crossEntropy(logits, row, label, label < 0 ? 0 : weight, smoothing, loss, dLogits);
    }
  }

  private static void crossEntropy(
      Tensor logits,
      int row,
      int label,
      double weight,
      double smoothing,
      Tensor loss,
      Tensor dLogits) {
    int classes = logits.extent(1);
    int from = row * classes;
    double maximum = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double logSum = 0;
    double agreement = 0;
    if (weight != 0) {
      for (int c = 0; c < classes; c++) {
        maximum = Math.max(maximum, get(logits, from + c));
      }
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(get(logits, from + c) - maximum);
      }
      logSum = maximum + Math.log(sum);
      for (int c = 0; c < classes; c++) {
        agreement += wanted(c, label, classes, smoothing) * get(logits, from + c);
      }
    }
    set(loss, row, weight * (logSum - agreement));
    for (int c = 0; dLogits != null && c < classes; c++) {
      double gradient = 0;
      if (weight != 0) {
        double probability = Math.exp(get(logits, from + c) - logSum);
        gradient = weight * (probability - wanted(c, label, classes, smoothing));
      }
      set(dLogits, from + c, gradient);
    }
  }

  /** q: one-hot, smoothed. */
  private static double wanted(int c, int label, int classes, double smoothing) {
    return (c == label ? 1 - smoothing : 0) + smoothing / classes;
  }
}
