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
 * How gradients are held small before they move the weights. Nothing leaves the device for it. A
 * rule of your own is a class, best a record, that implements this interface.
 */
public interface Clipping {
  /**
   * Clips the gradients of one step, in place or by scales.
   *
   * @param ops mathematics without a tape; its results live until the weights have moved
   * @param gradients all finite
   * @param squaredSum the square of the norm of all gradients together, one element
   * @return for each parameter, in their order, one element that its gradient is still to be
   *     multiplied by; empty for gradients as they are now
   */
  List<Tensor> clip(Ops ops, Gradients gradients, Tensor squaredSum);

  /**
   * What it is, with all its settings. A checkpoint keeps the text, and is refused when training is
   * to be resumed with a rule that has another one.
   *
   * @return the same text for the same settings in every process; that of a record is
   */
  String description();

  /** Gradients as they are. */
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
   * Every element into [−limit, limit]; may turn the direction.
   *
   * @param limit above 0
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
   * Each parameter's gradient scaled down where its own norm is larger; keeps each one's direction.
   *
   * @param maximum above 0
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
   * All gradients scaled down together where their norm is larger; keeps the direction (Pascanu,
   * Mikolov, Bengio 2013, algorithm 1).
   *
   * @param maximum above 0
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
   * Gradients as they are.
   *
   * @return the rule
   */
  static Clipping none() {
    return new None();
  }

  /**
   * Every element into [−limit, limit].
   *
   * @param limit above 0
   * @return the rule
   */
  static Clipping value(double limit) {
    return new ByValue(limit);
  }

  /**
   * Each parameter's gradient to a norm.
   *
   * @param maximum above 0
   * @return the rule
   */
  static Clipping parameterNorm(double maximum) {
    return new ByParameterNorm(maximum);
  }

  /**
   * All gradients together to a norm.
   *
   * @param maximum above 0
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
