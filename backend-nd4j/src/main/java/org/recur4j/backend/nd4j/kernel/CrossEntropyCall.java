package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.spi.BlockTask;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/**
 * A call of softmax cross-entropy with its gradient, divided into blocks of rows for the threads,
 * because its exponentials, in double precision, cost as much as a small layer. Rows are
 * independent, so the division does not affect results.
 */
final class CrossEntropyCall implements BlockTask {
  private static final int ROWS = 256;

  private final ScratchPool<Chunks> pool;
  private Tensor logits;
  private Tensor labels;
  private Tensor weights;
  private double smoothing;
  private Tensor loss;
  private Tensor dLogits;
  private int classes;

  CrossEntropyCall(ScratchPool<Chunks> pool) {
    this.pool = pool;
  }

  void run(
      Tensor callLogits,
      Tensor callLabels,
      Tensor callWeights,
      double callSmoothing,
      Tensor callLoss,
      Tensor callGradient,
      Workers workers) {
    NativeStorage.requireFloats("softmaxCrossEntropy", callLogits);
    logits = callLogits;
    labels = callLabels;
    weights = callWeights;
    smoothing = callSmoothing;
    loss = callLoss;
    dLogits = callGradient;
    classes = logits.extent(-1);
    try {
      workers.run((labels.size() + ROWS - 1) / ROWS, this);
    } finally {
      logits = null;
      labels = null;
      weights = null;
      loss = null;
      dLogits = null;
    }
  }

  @Override
  public void run(int block) {
    Chunks scratch = pool.take();
    int end = Math.min(labels.size(), (block + 1) * ROWS);
    for (int row = block * ROWS; row < end; row++) {
      row(row, scratch.powers);
    }
    pool.give(scratch);
  }

  private void row(int row, double[] powers) {
    int label = NativeStorage.integers(labels).get(labels.offset() + row);
    if (label < -1 || label >= classes) {
      throw new InvalidArgumentException(
          "softmaxCrossEntropy",
          "label " + label + " in row " + row,
          "a label in [-1, " + classes + ")",
          "Check that the head has as many outputs as there are classes");
    }
    double weight = weights == null ? 1 : NativeStorage.floats(weights).get(weights.offset() + row);
    double value = 0;
    if (label >= 0 && weight != 0) {
      value = row(row * classes, label, weight, powers);
    } else if (dLogits != null) {
      KernelContext.fill(0, dLogits, row * classes, classes);
    }
    NativeStorage.floats(loss).put(loss.offset() + row, (float) value);
  }

  /** Computes one row. dLogits may be logits, so each element is read before it is written. */
  private double row(int first, int label, double weight, double[] powers) {
    FloatBuffer x = NativeStorage.floats(logits);
    int from = logits.offset() + first;
    double largest = Double.NEGATIVE_INFINITY;
    double total = 0;
    for (int j = 0; j < classes; j++) {
      largest = Math.max(largest, x.get(from + j));
      total += x.get(from + j);
    }
    // Rows too long for the scratch array compute their exponentials twice.
    boolean kept = classes <= powers.length;
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      double power = Math.exp(x.get(from + j) - largest);
      sum += power;
      if (kept) {
        powers[j] = power;
      }
    }
    double wanted = (1 - smoothing) * x.get(from + label);
    if (smoothing != 0) {
      wanted += smoothing * (total / classes);
    }
    double value = weight * (largest + Math.log(sum) - wanted);
    if (dLogits != null) {
      FloatBuffer d = NativeStorage.floats(dLogits);
      double spread = smoothing / classes;
      for (int j = 0; j < classes; j++) {
        double q = spread + (j == label ? 1 - smoothing : 0);
        double power = kept ? powers[j] : Math.exp(x.get(from + j) - largest);
        d.put(dLogits.offset() + first + j, (float) (weight * (power / sum - q)));
      }
    }
    return value;
  }
}
