package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.HeapStorage.doubles;
import static org.recur4j.backend.ejml.HeapStorage.floats;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy. */
abstract class LossKernels extends ReductionKernels implements Losses {
  LossKernels(Workers workers, FloatEngine engine) {
    super(workers, engine);
  }

  @Override
  public final void softmax(Tensor x, Tensor mask, Tensor y) {
    boolean single = isSingle("softmax", x);
    int n = x.extent(-1);
    KernelScratch scratch = scratchPool.take();
    BroadcastRuns runs = scratch.broadcast;
    if (mask != null) {
      runs.plan(x.shape(), mask.shape(), mask.shape());
    }
    for (int row = 0; row < x.size() / n; row++) {
      int from = x.offset() + row * n;
      int to = y.offset() + row * n;
      int maskStep =
          mask == null || n == 1 || mask.shape().rank() == 0 || mask.extent(-1) == 1 ? 0 : 1;
      int maskFrom = mask == null ? 0 : mask.offset() + maskOffset(runs, row * n);
      if (single) {
        FloatSoftmax.forward(
            floats(x),
            from,
            mask == null ? null : floats(mask),
            maskFrom,
            maskStep,
            floats(y),
            to,
            n);
      } else {
        DoubleSoftmax.forward(
            doubles(x),
            from,
            mask == null ? null : doubles(mask),
            maskFrom,
            maskStep,
            doubles(y),
            to,
            n);
      }
    }
    scratchPool.give(scratch);
  }

  /** The mask element that belongs to element {@code index} of the full shape. */
  private static int maskOffset(BroadcastRuns runs, int index) {
    int run = index / runs.length();
    return runs.firstOffset(run) + runs.firstStep() * (index - run * runs.length());
  }

  @Override
  public final void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    boolean single = isSingle("softmaxGradient", y);
    int n = y.extent(-1);
    for (int row = 0; row < y.size(); row += n) {
      if (single) {
        FloatSoftmax.backward(
            floats(y),
            y.offset() + row,
            floats(dy),
            dy.offset() + row,
            floats(dx),
            dx.offset() + row,
            n);
      } else {
        DoubleSoftmax.backward(
            doubles(y),
            y.offset() + row,
            doubles(dy),
            dy.offset() + row,
            doubles(dx),
            dx.offset() + row,
            n);
      }
    }
  }

  @Override
  public final void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    int n = logits.extent(-1);
    int[] label = HeapStorage.ints(labels);
    for (int row = 0; row < labels.size(); row++) {
      int chosen = label[labels.offset() + row];
      if (chosen < -1 || chosen >= n) {
        throw new InvalidArgumentException(
            "softmaxCrossEntropy",
            "label " + chosen + " in row " + row,
            "a label in [-1, " + n + ")",
            "Check that the head has as many outputs as there are classes");
      }
      double weight = weights == null ? 1 : element(weights, weights.offset() + row);
      int to = dLogits == null ? 0 : dLogits.offset() + row * n;
      if (chosen < 0 || weight == 0) {
        fill(0, loss, loss.offset() + row, 1);
        if (dLogits != null) {
          fill(0, dLogits, to, n);
        }
      } else {
        int from = logits.offset() + row * n;
        fill(
            crossEntropy(logits, from, n, chosen, weight, smoothing, dLogits, to),
            loss,
            loss.offset() + row,
            1);
      }
    }
  }

  private static double crossEntropy(
      Tensor logits,
      int from,
      int n,
      int label,
      double weight,
      double smoothing,
      Tensor dLogits,
      int to) {
    if (isSingle("softmaxCrossEntropy", logits)) {
      float[] d = dLogits == null ? null : floats(dLogits);
      return FloatSoftmax.crossEntropy(floats(logits), from, n, label, weight, smoothing, d, to);
    }
    double[] d = dLogits == null ? null : doubles(dLogits);
    return DoubleSoftmax.crossEntropy(doubles(logits), from, n, label, weight, smoothing, d, to);
  }
}
