package org.recur4j.models.training.loss;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Target;

/**
 * A loss function, which training minimizes. Every loss is a mean over the targets that count:
 * padding and steps without a target are ignored and not read. There is one target per step of a
 * many-to-many network, and one per sequence of other networks. A custom loss is a class,
 * preferably a record, that implements this interface; {@link ClassRows} and {@link CountedRows}
 * exclude the rows that do not count.
 */
public interface Loss {
  /**
   * Returns the kind of output that this loss is for.
   *
   * @return the kind of output
   */
  OutputKind answer();

  /**
   * Returns the number of values in one target.
   *
   * @param outputs C, the number of outputs of the network
   * @return C, except for quantile loss, in which several outputs estimate the same value
   * @throws InvalidArgumentException if the loss does not support C outputs
   */
  default int targets(int outputs) {
    return outputs;
  }

  /**
   * Returns the weight of a class in the mean.
   *
   * @param label the class
   * @return at least 0; 1 unless classes have weights
   */
  default double weight(int label) {
    return 1;
  }

  /**
   * Computes the loss of a batch.
   *
   * @param ops the operations; a tape in training
   * @param output the logits or values, {@code [N, C]} or {@code [T, B, C]} with N = T·B
   * @param target the target of the N rows
   * @return the mean and the number of targets that it covers
   * @throws InvalidArgumentException if the target does not fit the output
   */
  BatchLoss of(Ops ops, Tensor output, Target target);

  /**
   * Returns a description with all settings. A checkpoint stores it, and training with a different
   * description does not resume from it.
   *
   * @return the description, the same text for the same settings in every process, as {@code
   *     toString} of a record is
   */
  String description();

  /**
   * The cross-entropy of softmax(logits) and one class per target: Σₙ w[yₙ]·(−ln pₙ[yₙ]) / Σₙ
   * w[yₙ]. Label smoothing replaces the one-hot target by (1 − ε)·onehot + ε/C (Szegedy et al.
   * 2016, section 7). With weights and smoothing, as in PyTorch, the smoothed share is weighted per
   * class and the divisor is the same: Σₙ [(1 − ε)·w[yₙ]·(−ln pₙ[yₙ]) + ε/C · Σ_c w[c]·(−ln pₙ[c])]
   * / Σₙ w[yₙ]. The loss is 0 if the divisor is 0.
   *
   * @param classWeights the weight of each class, at least 0; empty if all are 1
   * @param labelSmoothing ε in [0, 1)
   */
  record SoftmaxCrossEntropy(List<Double> classWeights, double labelSmoothing) implements Loss {
    /** Checks weights and smoothing. */
    public SoftmaxCrossEntropy {
      classWeights = List.copyOf(classWeights);
      for (double weight : classWeights) {
        check(weight >= 0 && weight < Double.POSITIVE_INFINITY, "class weight " + weight, "≥ 0");
      }
      check(labelSmoothing >= 0 && labelSmoothing < 1, "smoothing " + labelSmoothing, "in [0, 1)");
    }

    @Override
    public OutputKind answer() {
      return OutputKind.CLASSES;
    }

    @Override
    public int targets(int outputs) {
      check(
          classWeights.isEmpty() || classWeights.size() == outputs,
          classWeights.size() + " class weights",
          "one for each of the " + outputs + " classes");
      return outputs;
    }

    @Override
    public double weight(int label) {
      return classWeights.isEmpty() ? 1 : classWeights.get(label);
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      return ClassLoss.of(this, ops, output, target);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * The binary cross-entropy of independent labels, from logits: the mean over the targets of the
   * <em>sum</em> over the labels of max(x, 0) − x·y + ln(1 + e^−|x|). The unit is nats per target;
   * the literature on polyphonic music calls it negative log-likelihood.
   */
  record BinaryCrossEntropy() implements Loss {
    @Override
    public OutputKind answer() {
      return OutputKind.LABELS;
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      CountedRows rows = CountedRows.of(ops, output, target, output.extent(-1));
      return rows.mean(ops.call(new LogisticLoss(), rows.predicted(), rows.wanted()), 1);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /** The squared error (ŷ − y)², averaged over the targets and their values. */
  record SquaredError() implements Loss {
    @Override
    public OutputKind answer() {
      return OutputKind.VALUES;
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      CountedRows rows = CountedRows.of(ops, output, target, output.extent(-1));
      Tensor difference = rows.difference();
      return rows.mean(ops.multiply(difference, difference), output.extent(-1));
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * The absolute error |ŷ − y|, averaged over the targets and their values; the gradient at 0 is 0.
   */
  record AbsoluteError() implements Loss {
    @Override
    public OutputKind answer() {
      return OutputKind.VALUES;
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      CountedRows rows = CountedRows.of(ops, output, target, output.extent(-1));
      return rows.mean(ValueLoss.absolute(ops, rows.difference()), output.extent(-1));
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * The Huber loss, half the squared error up to a threshold δ and linear beyond: d²/2 for |d| ≤ δ,
   * else δ(|d| − δ/2) (Huber 1964); averaged over the targets and their values.
   *
   * @param threshold δ &gt; 0, in the unit of the values
   */
  record Huber(double threshold) implements Loss {
    /** Checks the threshold. */
    public Huber {
      check(threshold > 0 && Double.isFinite(threshold), "threshold " + threshold, "above 0");
    }

    @Override
    public OutputKind answer() {
      return OutputKind.VALUES;
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      CountedRows rows = CountedRows.of(ops, output, target, output.extent(-1));
      return rows.mean(ValueLoss.huber(ops, rows.difference(), threshold), output.extent(-1));
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * The pinball loss (Koenker, Bassett 1978): max(τ(y − ŷ), (τ − 1)(y − ŷ)), whose minimum is the
   * τ-quantile; averaged over targets, values and levels. With Q levels, the network has K·Q
   * outputs for targets of K values: the estimates of value k for all levels are adjacent, in the
   * order of the levels.
   *
   * @param levels the levels τ, each in (0, 1); at least one
   */
  record Quantile(List<Double> levels) implements Loss {
    /** Checks the levels. */
    public Quantile {
      levels = List.copyOf(levels);
      check(!levels.isEmpty(), "no levels", "at least one");
      for (double level : levels) {
        check(level > 0 && level < 1, "level " + level, "in (0, 1)");
      }
    }

    @Override
    public OutputKind answer() {
      return OutputKind.VALUES;
    }

    @Override
    public int targets(int outputs) {
      check(
          outputs % levels.size() == 0,
          outputs + " outputs for " + levels.size() + " levels",
          "a multiple of the number of levels");
      return outputs / levels.size();
    }

    @Override
    public BatchLoss of(Ops ops, Tensor output, Target target) {
      int outputs = output.extent(-1);
      CountedRows rows = CountedRows.of(ops, output, target, targets(outputs));
      return rows.mean(ValueLoss.pinball(rows, levels), outputs);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * Returns the default loss for a kind of output.
   *
   * @param answer the kind of output
   * @return softmax cross-entropy for classes, binary cross-entropy for labels, squared error for
   *     values
   */
  static Loss of(OutputKind answer) {
    return switch (answer) {
      case CLASSES -> softmaxCrossEntropy();
      case LABELS -> binaryCrossEntropy();
      case VALUES -> squaredError();
    };
  }

  /**
   * Returns the softmax cross-entropy.
   *
   * @return the loss without class weights and label smoothing
   */
  static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(List.of(), 0);
  }

  /**
   * Returns the binary cross-entropy of independent labels.
   *
   * @return the loss
   */
  static BinaryCrossEntropy binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /**
   * Returns the mean squared error.
   *
   * @return the loss
   */
  static SquaredError squaredError() {
    return new SquaredError();
  }

  /**
   * Returns the mean absolute error.
   *
   * @return the loss
   */
  static AbsoluteError absoluteError() {
    return new AbsoluteError();
  }

  /**
   * Returns the Huber loss.
   *
   * @param threshold δ &gt; 0
   * @return the loss
   */
  static Huber huber(double threshold) {
    return new Huber(threshold);
  }

  /**
   * Returns the pinball loss of quantiles.
   *
   * @param levels the levels τ, each in (0, 1); at least one
   * @return the loss
   */
  static Quantile quantile(double... levels) {
    return new Quantile(Arrays.stream(levels).boxed().toList());
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException(
          "loss", got, expected, "Correct the arguments of the loss");
    }
  }
}
