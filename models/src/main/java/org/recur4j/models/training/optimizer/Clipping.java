package org.recur4j.models.training.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;

/**
 * A rule of gradient clipping, applied before the update of the weights. It runs on the device
 * without downloads. A custom rule is a class, preferably a record, that implements this interface.
 */
public interface Clipping {
  /**
   * Clips the gradients of a step, in place or by scales.
   *
   * @param ops operations without a tape; their results live until the weights are updated
   * @param gradients the gradients, all finite
   * @param squaredSum the square of the global norm of the gradients, one element
   * @return one-element scales by which the gradients are still to be multiplied, one for each
   *     parameter in their order; empty if no scaling is needed
   */
  List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum);

  /**
   * Returns a description with all settings. A checkpoint stores it, and training with a different
   * description does not resume from it.
   *
   * @return the description, the same text for the same settings in every process, as {@code
   *     toString} of a record is
   */
  String description();

  /** No clipping. */
  record None() implements Clipping {
    @Override
    public List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum) {
      return List.of();
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * Clipping of every element to [−limit, limit]; it may change the direction of the gradient.
   *
   * @param limit the limit, above 0
   */
  record ByValue(double limit) implements Clipping {
    /** Checks the limit. */
    public ByValue {
      check(limit, "limit");
    }

    @Override
    public List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum) {
      Kernels kernels = ops.backend().kernels();
      Tensor least = scalar(ops, squaredSum);
      Tensor largest = scalar(ops, squaredSum);
      kernels.fill(-limit, least);
      kernels.fill(limit, largest);
      for (Parameter parameter : gradients.parameters()) {
        Tensor gradient = gradients.of(parameter);
        kernels.binary(Binary.MINIMUM, gradient, largest, gradient);
        kernels.binary(Binary.MAXIMUM, gradient, least, gradient);
      }
      return List.of();
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * Clipping by the norm of each parameter's gradient, which keeps the direction of each gradient.
   *
   * @param maximum the maximum norm, above 0
   */
  record ByParameterNorm(double maximum) implements Clipping {
    /** Checks the norm. */
    public ByParameterNorm {
      check(maximum, "maximum norm");
    }

    @Override
    public List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum) {
      Kernels kernels = ops.backend().kernels();
      Tensor squares = scalar(ops, squaredSum);
      List<Tensor> factors = new ArrayList<>();
      for (Parameter parameter : gradients.parameters()) {
        Tensor factor = scalar(ops, squaredSum);
        kernels.fill(0, squares);
        kernels.addSquaredSum(gradients.of(parameter), squares);
        kernels.clipFactor(squares, maximum, factor);
        factors.add(factor);
      }
      return factors;
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * Clipping by the global norm of all gradients, which keeps their common direction (Pascanu,
   * Mikolov, Bengio 2013, algorithm 1).
   *
   * @param maximum the maximum norm, above 0
   */
  record ByGlobalNorm(double maximum) implements Clipping {
    /** Checks the norm. */
    public ByGlobalNorm {
      check(maximum, "maximum norm");
    }

    @Override
    public List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum) {
      Tensor factor = scalar(ops, squaredSum);
      ops.backend().kernels().clipFactor(squaredSum, maximum, factor);
      return Collections.nCopies(gradients.parameters().size(), factor);
    }

    @Override
    public String description() {
      return toString();
    }
  }

  /**
   * Returns a rule that does not clip.
   *
   * @return the rule
   */
  static Clipping none() {
    return new None();
  }

  /**
   * Returns a rule that clips every element to [−limit, limit].
   *
   * @param limit the limit, above 0
   * @return the rule
   */
  static Clipping value(double limit) {
    return new ByValue(limit);
  }

  /**
   * Returns a rule that scales each parameter's gradient down to a maximum norm.
   *
   * @param maximum the maximum norm, above 0
   * @return the rule
   */
  static Clipping parameterNorm(double maximum) {
    return new ByParameterNorm(maximum);
  }

  /**
   * Returns a rule that scales all gradients together down to a maximum global norm.
   *
   * @param maximum the maximum norm, above 0
   * @return the rule
   */
  static Clipping globalNorm(double maximum) {
    return new ByGlobalNorm(maximum);
  }

  private static Tensor scalar(Ops ops, Tensor like) {
    return ops.scope().create(like.dataType(), Shape.of(1));
  }

  private static void check(double number, String what) {
    if (!(number > 0)) {
      throw new InvalidArgumentException(
          "clipping", what + " " + number, "above 0", "Correct the trainer's clipping");
    }
  }
}
