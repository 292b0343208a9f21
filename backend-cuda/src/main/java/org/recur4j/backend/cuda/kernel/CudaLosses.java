package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.CROSS_ENTROPY;
import static org.recur4j.backend.cuda.kernel.KernelName.SOFTMAX_GRADIENT;
import static org.recur4j.backend.cuda.kernel.KernelName.SOFTMAX_ROWS;

import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** Softmax and cross-entropy with one block per row. */
interface CudaLosses extends Losses {
  int ROW_THREADS = 64;

  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void softmax(Tensor x, Tensor mask, Tensor y) {
    requireFloat("softmax", x);
    int n = x.extent(-1);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SOFTMAX_ROWS).tensor(x).tensorOrNull(mask).tensor(y).integer(n);
      context()
          .axes
          .broadcast(
              x.shape(),
              mask == null ? x.shape() : mask.shape(),
              mask == null ? x.shape() : mask.shape());
      context().axes.writeBroadcast(queue);
      queue.run(x.size() / n, 1, 1, ROW_THREADS);
    }
  }

  @Override
  default void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    requireFloat("softmaxGradient", y);
    int n = y.extent(-1);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SOFTMAX_GRADIENT).tensor(y).tensor(dy).tensor(dx).integer(n);
      queue.run(y.size() / n, 1, 1, ROW_THREADS);
    }
  }

  /** A label outside the classes yields a zero row and an exception at the next download. */
  @Override
  default void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    requireFloat("softmaxCrossEntropy", logits);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context()
          .begin(CROSS_ENTROPY)
          .tensor(logits)
          .tensor(labels)
          .tensorOrNull(weights)
          .tensor(loss);
      queue.tensorOrNull(dLogits).fault().number(smoothing).integer(logits.extent(-1));
      queue.run(labels.size(), 1, 1, ROW_THREADS);
    }
  }
}
