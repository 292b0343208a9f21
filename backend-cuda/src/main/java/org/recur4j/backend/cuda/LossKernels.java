package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy, one block a row. */
abstract class LossKernels extends ReductionKernels implements Losses {
  private static final int ROW_THREADS = 64;

  private final Kernel softmaxRows = module.kernel("softmax_rows");
  private final Kernel softmaxGradient = module.kernel("softmax_gradient");
  private final Kernel crossEntropy = module.kernel("cross_entropy");

  LossKernels(Device device) {
    super(device);
  }

  @Override
  public final void softmax(Tensor x, Tensor mask, Tensor y) {
    requireFloat("softmax", x);
    int n = x.extent(-1);
    synchronized (queue) {
      queue.begin(softmaxRows).tensor(x).tensorOrNull(mask).tensor(y).integer(n);
      axes.broadcast(
          x.shape(),
          mask == null ? x.shape() : mask.shape(),
          mask == null ? x.shape() : mask.shape());
      axes.writeBroadcast(queue);
      queue.run(x.size() / n, 1, 1, ROW_THREADS);
    }
  }

  @Override
  public final void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    requireFloat("softmaxGradient", y);
    int n = y.extent(-1);
    synchronized (queue) {
      queue.begin(softmaxGradient).tensor(y).tensor(dy).tensor(dx).integer(n);
      queue.run(y.size() / n, 1, 1, ROW_THREADS);
    }
  }

  /** A label outside the classes gives a zero row and an error at the next download. */
  @Override
  public final void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    requireFloat("softmaxCrossEntropy", logits);
    synchronized (queue) {
      queue.begin(crossEntropy).tensor(logits).tensor(labels).tensorOrNull(weights).tensor(loss);
      queue.tensorOrNull(dLogits).fault().number(smoothing).integer(logits.extent(-1));
      queue.run(labels.size(), 1, 1, ROW_THREADS);
    }
  }
}
