package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy, row by row; exponentials and sums in double. */
abstract class LossKernels extends ReductionKernels implements Losses {
  private final ScratchPool<CrossEntropyCall> crossEntropies =
      new ScratchPool<>(() -> new CrossEntropyCall(pool));

  LossKernels(Workers workers) {
    super(workers);
  }

  @Override
  public final void softmax(Tensor x, Tensor mask, Tensor y) {
    FloatBuffer source = floats("softmax", x);
    FloatBuffer kept = mask == null ? null : floats("softmax", mask);
    FloatBuffer target = floats("softmax", y);
    int n = x.extent(-1);
    Chunks scratch = pool.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(x.shape(), mask == null ? x.shape() : mask.shape(), x.shape());
    for (int row = 0; row < x.size(); row += n) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        if (isKept(kept, mask, runs, row + j)) {
          largest = Math.max(largest, source.get(x.offset() + row + j));
        }
      }
      double sum = 0;
      for (int j = 0; j < n; j++) {
        boolean in = isKept(kept, mask, runs, row + j);
        double power = in ? Math.exp(source.get(x.offset() + row + j) - largest) : 0;
        sum += power;
        target.put(y.offset() + row + j, (float) power);
      }
      for (int j = 0; j < n && sum != 0; j++) {
        int at = y.offset() + row + j;
        target.put(at, (float) (target.get(at) / sum));
      }
    }
    pool.give(scratch);
  }

  private static boolean isKept(FloatBuffer kept, Tensor mask, BroadcastRuns runs, int index) {
    if (kept == null) {
      return true;
    }
    int run = index / runs.length();
    int within = runs.firstStep() * (index - run * runs.length());
    return kept.get(mask.offset() + runs.firstOffset(run) + within) != 0f;
  }

  @Override
  public final void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    FloatBuffer output = floats("softmaxGradient", y);
    FloatBuffer source = floats("softmaxGradient", dy);
    FloatBuffer target = floats("softmaxGradient", dx);
    int n = y.extent(-1);
    for (int row = 0; row < y.size(); row += n) {
      double dot = 0;
      for (int j = row; j < row + n; j++) {
        dot += (double) output.get(y.offset() + j) * source.get(dy.offset() + j);
      }
      for (int j = row; j < row + n; j++) {
        double centred = source.get(dy.offset() + j) - dot;
        target.put(dx.offset() + j, (float) (output.get(y.offset() + j) * centred));
      }
    }
  }

  @Override
  public final void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    CrossEntropyCall call = crossEntropies.take();
    call.run(logits, labels, weights, smoothing, loss, dLogits, workers);
    crossEntropies.give(call);
  }
}
