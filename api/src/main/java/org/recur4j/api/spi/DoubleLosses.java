package org.recur4j.api.spi;

import org.recur4j.api.kernel.Losses;
import org.recur4j.api.tensor.Tensor;

/**
 * FLOAT64 softmax and cross-entropy for a backend whose tensors are Java arrays, row by row; see
 * {@link DoubleArithmetic}. Labels must be in range, which the backend checks.
 */
public final class DoubleLosses implements Losses {
  private final JavaArrays arrays;
  private final ScratchPool<BroadcastRuns> pool = new ScratchPool<>(BroadcastRuns::new);

  /**
   * Creates kernels over a backend's arrays.
   *
   * @param arrays the arrays of the backend
   */
  public DoubleLosses(JavaArrays arrays) {
    this.arrays = arrays;
  }

  @Override
  public void softmax(Tensor x, Tensor mask, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    double[] kept = mask == null ? null : arrays.doubles(mask);
    int n = x.extent(-1);
    BroadcastRuns runs = pool.take();
    runs.plan(x.shape(), mask == null ? x.shape() : mask.shape(), x.shape());
    for (int first = 0; first < x.size(); first += n) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = first; i < first + n; i++) {
        if (isKept(kept, mask, runs, i)) {
          largest = Math.max(largest, source[x.offset() + i]);
        }
      }
      double sum = 0;
      for (int i = first; i < first + n; i++) {
        boolean in = isKept(kept, mask, runs, i);
        double power = in ? Math.exp(source[x.offset() + i] - largest) : 0;
        target[y.offset() + i] = power;
        sum += power;
      }
      for (int i = first; i < first + n; i++) {
        // The sum of a row that keeps no entry is 0, and the row stays 0.
        target[y.offset() + i] /= sum == 0 ? 1 : sum;
      }
    }
    pool.give(runs);
  }

  private static boolean isKept(double[] kept, Tensor mask, BroadcastRuns runs, int index) {
    if (kept == null) {
      return true;
    }
    int run = index / runs.length();
    int within = runs.firstStep() * (index - run * runs.length());
    return kept[mask.offset() + runs.firstOffset(run) + within] != 0;
  }

  @Override
  public void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    double[] output = arrays.doubles(y);
    double[] source = arrays.doubles(dy);
    double[] target = arrays.doubles(dx);
    int n = y.extent(-1);
    for (int first = 0; first < y.size(); first += n) {
      double dot = 0;
      for (int i = first; i < first + n; i++) {
        dot += output[y.offset() + i] * source[dy.offset() + i];
      }
      for (int i = first; i < first + n; i++) {
        target[dx.offset() + i] = output[y.offset() + i] * (source[dy.offset() + i] - dot);
      }
    }
  }

  @Override
  public void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    int[] label = arrays.integers(labels);
    double[] losses = arrays.doubles(loss);
    for (int row = 0; row < labels.size(); row++) {
      int chosen = label[labels.offset() + row];
      double weight = weights == null ? 1 : arrays.doubles(weights)[weights.offset() + row];
      losses[loss.offset() + row] =
          crossEntropy(logits, row, chosen, chosen < 0 ? 0 : weight, smoothing, dLogits);
    }
  }

  /** Computes the loss of one row; a row of weight 0 is not read. */
  private double crossEntropy(
      Tensor logits, int row, int label, double weight, double smoothing, Tensor dLogits) {
    double[] x = arrays.doubles(logits);
    double[] d = dLogits == null ? null : arrays.doubles(dLogits);
    int n = logits.extent(-1);
    int from = logits.offset() + row * n;
    int to = dLogits == null ? 0 : dLogits.offset() + row * n;
    double largest = Double.NEGATIVE_INFINITY;
    double total = 0;
    double sum = 0;
    for (int j = 0; j < n && weight != 0; j++) {
      largest = Math.max(largest, x[from + j]);
      total += x[from + j];
    }
    for (int j = 0; j < n && weight != 0; j++) {
      sum += Math.exp(x[from + j] - largest);
    }
    double value = 0;
    if (weight != 0) {
      double smoothed = smoothing == 0 ? 0 : smoothing * (total / n);
      double target = (1 - smoothing) * x[from + label] + smoothed;
      value = weight * (largest + Math.log(sum) - target);
    }
    for (int j = 0; j < n && d != null; j++) {
      double q = smoothing / n + (j == label ? 1 - smoothing : 0);
      d[to + j] = weight == 0 ? 0 : weight * (Math.exp(x[from + j] - largest) / sum - q);
    }
    return value;
  }
}
