package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy, row by row; exponentials and sums in double. */
abstract class LossKernels extends ReductionKernels implements Losses {
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
    Broadcast runs = scratch.broadcast;
    runs.of(x.shape(), mask == null ? x.shape() : mask.shape(), x.shape());
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

  private static boolean isKept(FloatBuffer kept, Tensor mask, Broadcast runs, int index) {
    if (kept == null) {
      return true;
    }
    int run = index / runs.length();
    int within = runs.stepA() * (index - run * runs.length());
    return kept.get(mask.offset() + runs.startA(run) + within) != 0f;
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
    int n = logits.extent(-1);
    FloatBuffer losses = floats("softmaxCrossEntropy", loss);
    for (int row = 0; row < labels.size(); row++) {
      int label = NativeStorage.integers(labels).get(labels.offset() + row);
      if (label < -1 || label >= n) {
        throw new InvalidArgumentException(
            "softmaxCrossEntropy",
            "label " + label + " in row " + row,
            "a label in [-1, " + n + ")",
            "Check that the head has as many outputs as there are classes");
      }
      double weight =
          weights == null ? 1 : NativeStorage.floats(weights).get(weights.offset() + row);
      if (label < 0 || weight == 0) {
        losses.put(loss.offset() + row, 0f);
        if (dLogits != null) {
          fill(0, dLogits, row * n, n);
        }
      } else {
        double value = crossEntropy(logits, row * n, n, label, weight, smoothing, dLogits);
        losses.put(loss.offset() + row, (float) value);
      }
    }
  }

  /** One row; dLogits may be logits, so each element is read before it is written. */
  private static double crossEntropy(
      Tensor logits, int row, int n, int label, double weight, double smoothing, Tensor dLogits) {
    FloatBuffer x = floats("softmaxCrossEntropy", logits);
    int from = logits.offset() + row;
    double largest = Double.NEGATIVE_INFINITY;
    double total = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, x.get(from + j));
      total += x.get(from + j);
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.exp(x.get(from + j) - largest);
    }
    double wanted = (1 - smoothing) * x.get(from + label);
    if (smoothing != 0) {
      wanted += smoothing * (total / n);
    }
    double loss = weight * (largest + Math.log(sum) - wanted);
    if (dLogits != null) {
      FloatBuffer d = NativeStorage.floats(dLogits);
      for (int j = 0; j < n; j++) {
        double q = smoothing / n + (j == label ? 1 - smoothing : 0);
        double p = Math.exp(x.get(from + j) - largest) / sum;
        d.put(dLogits.offset() + row + j, (float) (weight * (p - q)));
      }
    }
    return loss;
  }
}
