package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/** Softmax and cross-entropy by rows, with exponentials and sums in double precision. */
interface Nd4jLosses extends Losses {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void softmax(Tensor x, Tensor mask, Tensor y) {
    FloatBuffer source = NativeStorage.floats("softmax", x);
    FloatBuffer kept = mask == null ? null : NativeStorage.floats("softmax", mask);
    FloatBuffer target = NativeStorage.floats("softmax", y);
    int n = x.extent(-1);
    Chunks scratch = context().chunks.take();
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
    context().chunks.give(scratch);
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
  default void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    FloatBuffer output = NativeStorage.floats("softmaxGradient", y);
    FloatBuffer source = NativeStorage.floats("softmaxGradient", dy);
    FloatBuffer target = NativeStorage.floats("softmaxGradient", dx);
    int n = y.extent(-1);
    for (int row = 0; row < y.size(); row += n) {
      double dot = 0;
      for (int j = row; j < row + n; j++) {
        dot += (double) output.get(y.offset() + j) * source.get(dy.offset() + j);
      }
      for (int j = row; j < row + n; j++) {
        double centered = source.get(dy.offset() + j) - dot;
        target.put(dx.offset() + j, (float) (output.get(y.offset() + j) * centered));
      }
    }
  }

  @Override
  default void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    CrossEntropyCall call = context().crossEntropies.take();
    call.run(logits, labels, weights, smoothing, loss, dLogits, context().workers);
    context().crossEntropies.give(call);
  }
}
