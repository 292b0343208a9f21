package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.floatsOrNull;
import static org.recur4j.backend.ejml.array.HeapStorage.ints;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;
import static org.recur4j.backend.ejml.array.HeapStorage.offsetOrZero;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy. */
interface EjmlLosses extends Losses, KernelFamily {
  @Override
  default void softmax(Tensor x, Tensor mask, Tensor y) {
    if (!isSingle("softmax", x)) {
      context().doubleLosses.softmax(x, mask, y);
      return;
    }
    int n = x.extent(-1);
    KernelScratch scratch = context().scratch.take();
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
          floats(x), from, floatsOrNull(mask), maskFrom, maskStep, floats(y), to, n);
    }
    context().scratch.give(scratch);
  }

  /**
   * Returns the offset of the mask element that belongs to element {@code index} of the full shape.
   */
  private static int maskOffset(BroadcastRuns runs, int index) {
    int run = index / runs.length();
    return runs.firstOffset(run) + runs.firstStep() * (index - run * runs.length());
  }

  @Override
  default void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    if (!isSingle("softmaxGradient", y)) {
      context().doubleLosses.softmaxGradient(y, dy, dx);
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
  default void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    int n = logits.extent(-1);
    int[] label = ints(labels);
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
      context().doubleLosses.softmaxCrossEntropy(logits, labels, weights, smoothing, loss, dLogits);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    scratch
        .crossEntropy()
        .run(
            floats(logits),
            logits.offset(),
            labels.size(),
            n,
            label,
            labels.offset(),
            floatsOrNull(weights),
            offsetOrZero(weights),
            smoothing,
            floats(loss),
            loss.offset(),
            floatsOrNull(dLogits),
            offsetOrZero(dLogits));
    context().scratch.give(scratch);
  }
}
