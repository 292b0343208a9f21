package org.recur4j.models.training.loss;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Target;

/**
 * What training lowers. Every loss is a mean over the answers that count: padding and steps without
 * an answer weigh nothing and are not read. An answer is a step of a many-to-many network, a
 * sequence of the others. One of your own is a class, best a record, that implements this
 * interface; {@link ClassRows} and {@link CountedRows} leave out what does not count.
 */
public interface Loss {
  /**
   * What it is for.
   *
   * @return the kind of answer it measures
   */
  OutputKind answer();

  /**
   * Numbers of one target.
   *
   * @param outputs C, of the network
   * @return C, but for quantiles, of which several estimate the same number
   * @throws InvalidArgumentException if the loss cannot measure C outputs
   */
  default int targets(int outputs) {
    return outputs;
  }

  /**
   * Returns how much an answer of a class weighs in the mean.
   *
   * @param label a class
   * @return at least 0; 1 unless classes have weights
   */
  default double weight(int label) {
    return 1;
  }

  /**
   * The loss of a batch.
   *
   * @param ops the mathematics: a tape in training
   * @param output logits or values, {@code [N, C]} or {@code [T, B, C]} with N = T·B
   * @param target of the N rows
   * @return mean, and over how many answers
   * @throws InvalidArgumentException if target and output do not fit together
   */
  BatchLoss of(Ops ops, Tensor output, Target target);

  /**
   * What it is, with all its settings. A checkpoint keeps the text, and is refused when training is
   * to be resumed with a loss that has another one.
   *
   * @return the same text for the same settings in every process; that of a record is
   */
  String description();

  /**
   * Cross-entropy of softmax(logits) against one class an answer: Σₙ w[yₙ]·(−ln pₙ[yₙ]) / Σₙ w[yₙ].
   * Smoothing replaces the certain target by (1 − ε)·onehot + ε/C (Szegedy et al. 2016, section 7).
   * With both, as in PyTorch, the smoothed share is weighted class by class and the divisor stays:
   * Σₙ [(1 − ε)·w[yₙ]·(−ln pₙ[yₙ]) + ε/C · Σ_c w[c]·(−ln pₙ[c])] / Σₙ w[yₙ]. Where the divisor is 0
   * the loss is 0.
   *
   * @param classWeights one for each class, at least 0; empty for all 1
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
   * Cross-entropy of independent labels, from logits: for an answer the <em>sum</em> over its
   * labels of max(x, 0) − x·y + ln(1 + e^−|x|), and of the answers the mean. In nats a step; what
   * the literature on polyphonic music calls negative log-likelihood.
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

  /** (ŷ − y)², the mean over the answers and their values. */
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

  /** |ŷ − y|, the mean over the answers and their values; the gradient at 0 is 0. */
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
   * Half the squared error up to a threshold δ, linear beyond: d²/2 for |d| ≤ δ, else δ(|d| − δ/2)
   * (Huber 1964); the mean over the answers and their values.
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
   * τ-quantile; the mean over answers, values and levels. With Q levels the network gives K·Q
   * values for targets of K numbers: value k's estimates of all levels side by side, in the order
   * of the levels.
   *
   * @param levels each τ in (0, 1), at least one
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
   * What a network's answers are measured by unless somebody chooses.
   *
   * @param answer the kind of answer
   * @return cross-entropy for classes and labels, squared error for values
   */
  static Loss of(OutputKind answer) {
    return switch (answer) {
      case CLASSES -> softmaxCrossEntropy();
      case LABELS -> binaryCrossEntropy();
      case VALUES -> squaredError();
    };
  }

  /**
   * Cross-entropy of classes.
   *
   * @return every class weighs 1, no smoothing
   */
  static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(List.of(), 0);
  }

  /**
   * Cross-entropy of independent labels.
   *
   * @return the loss
   */
  static BinaryCrossEntropy binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /**
   * Mean squared error.
   *
   * @return the loss
   */
  static SquaredError squaredError() {
    return new SquaredError();
  }

  /**
   * Mean absolute error.
   *
   * @return the loss
   */
  static AbsoluteError absoluteError() {
    return new AbsoluteError();
  }

  /**
   * Huber's loss.
   *
   * @param threshold δ &gt; 0
   * @return the loss
   */
  static Huber huber(double threshold) {
    return new Huber(threshold);
  }

  /**
   * The pinball loss.
   *
   * @param levels each τ in (0, 1), at least one
   * @return the loss
   */
  static Quantile quantile(double... levels) {
    return new Quantile(Arrays.stream(levels).boxed().toList());
  }

  private static void check(boolean right, String got, String expected) {
    if (!right) {
      throw new InvalidArgumentException("loss", got, expected, "Correct the loss's description");
    }
  }
}
