package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.HeapStorage.floats;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.spi.DoubleLosses;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy. */
abstract class LossKernels extends ReductionKernels implements Losses {
  private final DoubleLosses doubleLosses = new DoubleLosses(HeapStorage.ARRAYS);

  LossKernels(Workers workers, FloatEngine engine) {
    super(workers, engine);
  }

  @Override
  public final void softmax(Tensor x, Tensor mask, Tensor y) {
    if (!isSingle("softmax", x)) {
      doubleLosses.softmax(x, mask, y);
      return;
    }
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
      FloatSoftmax.forward(
          floats(x),
          from,
          mask == null ? null : floats(mask),
          maskFrom,
          maskStep,
          floats(y),
          to,
          n);
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
    if (!isSingle("softmaxGradient", y)) {
      doubleLosses.softmaxGradient(y, dy, dx);
      return;
    }
    int n = y.extent(-1);
    for (int row = 0; row < y.size(); row += n) {
      FloatSoftmax.backward(
          floats(y),
          y.offset() + row,
          floats(dy),
          dy.offset() + row,
          floats(dx),
          dx.offset() + row,
          n);
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
    }
    if (!isSingle("softmaxCrossEntropy", logits)) {
      doubleLosses.softmaxCrossEntropy(logits, labels, weights, smoothing, loss, dLogits);
      return;
    }
    KernelScratch scratch = scratchPool.take();
    scratch
        .crossEntropy()
        .run(
            floats(logits),
            logits.offset(),
            labels.size(),
            n,
            label,
            labels.offset(),
            weights == null ? null : floats(weights),
            weights == null ? 0 : weights.offset(),
            smoothing,
            floats(loss),
            loss.offset(),
            dLogits == null ? null : floats(dLogits),
            dLogits == null ? 0 : dLogits.offset());
    scratchPool.give(scratch);
  }
}
