package org.recur4j.backend.ejml;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/**
 * The front door of a fused plan: every operand once, before any array is touched. Allocates only
 * to complain.
 */
final class OperandChecks {
  private final RecurrentSpec spec;

  OperandChecks(RecurrentSpec spec) {
    this.spec = spec;
  }

  void forward(RecurrentInput in, RecurrentOutput out, Extent max) {
    Tensor x = in.x();
    if (x == null || x.shape().rank() != 3) {
      throw mismatch("forward", "x", x, "[T, B, " + spec.inputSize() + "]");
    }
    int steps = x.extent(0);
    int batch = x.extent(1);
    if (!max.holds(steps, batch)) {
      throw new ShapeException(
          "forward",
          steps + " steps, batch " + batch,
          "at most " + max.steps() + " steps and batch " + max.batch(),
          "Open the pass with a larger extent");
    }
    check("forward", "x", x, steps, batch, spec.inputSize());
    if (in.lengths() != null && (in.lengths().steps() != steps || in.lengths().batch() != batch)) {
      throw new ShapeException(
          "forward",
          "lengths " + in.lengths() + " for " + in.lengths().batch() + " rows",
          "lengths of " + steps + " steps for " + batch + " rows, as x has",
          "Make the lengths with the batch");
    }
    if ((in.hiddenMask() != null) != spec.hiddenMask()) {
      throw new InvalidArgumentException(
          "forward",
          in.hiddenMask() == null ? "no hidden mask" : "a hidden mask",
          spec.hiddenMask() ? "one, as the specification says" : "none, as the specification says",
          "Set hiddenMask in the specification exactly if every input carries one");
    }
    check("forward", "hiddenMask", in.hiddenMask(), spec.directions(), batch, spec.hiddenSize());
    state("forward", "initial", in.initial(), batch);
    check("forward", "y", out.y(), steps, batch, spec.outputSize());
    state("forward", "last", out.last(), batch);
  }

  void backward(
      RecurrentOutput dOut,
      RecurrentInput dIn,
      RecurrentGradients sums,
      RecurrentWeights weights,
      int steps,
      int batch) {
    if (dOut != null) {
      check("backward", "dy", dOut.y(), steps, batch, spec.outputSize());
      state("backward", "dLast", dOut.last(), batch);
    }
    if (dIn != null) {
      check("backward", "dx", dIn.x(), steps, batch, spec.inputSize());
      state("backward", "dInitial", dIn.initial(), batch);
    }
    if (sums == null) {
      return;
    }
    if (sums.directions().size() != spec.directions()) {
      throw new InvalidArgumentException(
          "backward",
          "gradients of " + sums.directions().size() + " direction(s)",
          String.valueOf(spec.directions()),
          "Give one DirectionWeights a direction");
    }
    for (int d = 0; d < spec.directions(); d++) {
      DirectionWeights sum = sums.directions().get(d);
      DirectionWeights like = weights.directions().get(d);
      gradient("weight_ih", sum.weightIh(), like.weightIh());
      gradient("weight_hh", sum.weightHh(), like.weightHh());
      gradient("bias_ih", sum.biasIh(), like.biasIh());
      gradient("bias_hh", sum.biasHh(), like.biasHh());
    }
  }

  void trace(Tensor target, int steps, int batch, int width) {
    if (target.shape().rank() != 4
        || target.extent(0) != steps
        || target.extent(1) != batch
        || target.extent(2) != spec.directions()
        || target.extent(3) != width
        || target.dataType() != DataType.FLOAT32) {
      throw mismatch(
          "read",
          "target",
          target,
          "[" + steps + ", " + batch + ", " + spec.directions() + ", " + width + "]");
    }
  }

  /** A null gradient is not wanted; one that is there has its weight's shape. */
  private static void gradient(String name, Tensor sum, Tensor like) {
    if (sum == null) {
      return;
    }
    if (like == null) {
      throw new InvalidArgumentException(
          "backward",
          "a gradient of " + name,
          "none, since the weights have no " + name,
          "Leave it out");
    }
    if (!sum.shape().equals(like.shape()) || sum.dataType() != DataType.FLOAT32) {
      throw mismatch("backward", "gradient of " + name, sum, like.shape().toString());
    }
  }

  private void state(String operation, String name, RecurrentState state, int batch) {
    if (state == null) {
      return;
    }
    part(operation, name, " hidden", state.hidden(), batch);
    part(operation, name, " cell", state.cell(), batch);
    if (state.cell() != null && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          operation,
          name + " with a cell state",
          "none for " + spec.cell(),
          "Only an LSTM has a cell state");
    }
  }

  /** Joins the name only to refuse: this runs at every call and must not allocate. */
  private void part(String operation, String name, String part, Tensor tensor, int batch) {
    if (!fits(tensor, spec.directions(), batch, spec.hiddenSize())) {
      check(operation, name + part, tensor, spec.directions(), batch, spec.hiddenSize());
    }
  }

  private static boolean fits(Tensor tensor, int first, int second, int third) {
    return tensor == null
        || (tensor.shape().rank() == 3
            && tensor.extent(0) == first
            && tensor.extent(1) == second
            && tensor.extent(2) == third
            && tensor.dataType() == DataType.FLOAT32);
  }

  /** An absent operand passes. */
  private static void check(
      String operation, String name, Tensor tensor, int first, int second, int third) {
    if (!fits(tensor, first, second, third)) {
      throw mismatch(operation, name, tensor, "[" + first + ", " + second + ", " + third + "]");
    }
  }

  private static ShapeException mismatch(
      String operation, String name, Tensor got, String expected) {
    return new ShapeException(
        operation,
        name + " " + (got == null ? "null" : got.dataType() + " " + got.shape()),
        "FLOAT32 " + expected,
        "Activations are time-major [T, B, F], states [D, B, H]");
  }
}
