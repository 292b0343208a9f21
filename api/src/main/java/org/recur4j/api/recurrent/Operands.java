package org.recur4j.api.recurrent;

import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * The front door of every plan, ours or another backend's: checks the operands of forward and
 * backward once, so that nothing behind it need. Allocates nothing unless it refuses.
 */
public final class Operands {
  private Operands() {}

  /**
   * Checks the operands of {@link RecurrentPlan#forward}.
   *
   * @param spec the plan's specification
   * @param pass the pass they shall run in
   * @param in what goes in
   * @param out where results go
   * @throws ShapeException naming the first tensor whose shape or type is wrong
   * @throws InvalidArgumentException if a tensor is missing or superfluous, or the batch exceeds
   *     the pass
   */
  public static void check(RecurrentSpec spec, Pass pass, RecurrentInput in, RecurrentOutput out) {
    Tensor x = in.x();
    if (x == null) {
      throw absence("forward", "no x", "a tensor [T, B, " + spec.inputSize() + "]");
    }
    if (x.shape().rank() != 3
        || x.extent(2) != spec.inputSize()
        || x.dataType() != spec.dataType()) {
      throw new ShapeException(
          "forward",
          "x " + x.dataType() + " " + x.shape(),
          spec.dataType() + " [T, B, " + spec.inputSize() + "]",
          "x is time-major: steps, batch, features");
    }
    int steps = x.extent(0);
    int batch = x.extent(1);
    if (!pass.max().holds(steps, batch)) {
      throw new ShapeException(
          "forward",
          steps + " steps of batch " + batch,
          "at most " + pass.max().steps() + " steps of batch " + pass.max().batch(),
          "Open a pass with a larger extent");
    }
    Lengths lengths = in.lengths();
    if (lengths != null && (lengths.steps() != steps || lengths.batch() != batch)) {
      throw new ShapeException(
          "forward",
          "lengths of " + lengths.batch() + " rows and " + lengths.steps() + " steps",
          batch + " rows and " + steps + " steps, as x has",
          "Make the lengths for this batch");
    }
    checkState("forward", "initial", spec, batch, in.initial(), true);
    if ((in.hiddenMask() != null) != spec.hiddenMask()) {
      throw absence(
          "forward",
          (in.hiddenMask() == null ? "no" : "a") + " hidden mask",
          (spec.hiddenMask() ? "one" : "none") + ", as the specification says");
    }
    check(
        "forward",
        "hiddenMask",
        in.hiddenMask(),
        spec,
        spec.directions(),
        batch,
        spec.hiddenSize());
    check("forward", "y", out.y(), spec, steps, batch, spec.outputSize());
    checkState("forward", "last", spec, batch, out.last(), true);
  }

  /**
   * Checks the operands of {@link RecurrentPlan#backward}.
   *
   * @param spec the plan's specification
   * @param steps T of the forward being differentiated
   * @param batch B of it
   * @param dOut gradients that come in; null for none
   * @param dIn where gradients go; null for nowhere
   * @param sums where the weights' gradients are added; null for nowhere
   * @throws ShapeException naming the first tensor whose shape or type is wrong
   * @throws InvalidArgumentException if a tensor is missing or superfluous
   */
  public static void checkGradients(
      RecurrentSpec spec,
      int steps,
      int batch,
      RecurrentOutput dOut,
      RecurrentInput dIn,
      RecurrentGradients sums) {
    if (dOut != null) {
      check("backward", "dy", dOut.y(), spec, steps, batch, spec.outputSize());
      checkState("backward", "dLast", spec, batch, dOut.last(), false);
    }
    if (dIn != null) {
      check("backward", "dx", dIn.x(), spec, steps, batch, spec.inputSize());
      checkState("backward", "dInitial", spec, batch, dIn.initial(), false);
    }
    if (sums == null) {
      return;
    }
    if (sums.directions().size() != spec.directions()) {
      throw absence(
          "backward",
          sums.directions().size() + " direction(s) of gradients",
          spec.directions() + " for " + spec.direction());
    }
    int rows = spec.gates() * spec.hiddenSize();
    for (int d = 0; d < spec.directions(); d++) {
      DirectionWeights sum = sums.directions().get(d);
      present("weight_ih", sum.weightIh(), true);
      present("weight_hh", sum.weightHh(), true);
      present("bias_ih", sum.biasIh(), spec.biases() != Biases.NONE);
      present("bias_hh", sum.biasHh(), spec.biases() == Biases.DOUBLE);
      check("backward", "gradient of weight_ih", sum.weightIh(), spec, rows, spec.inputSize());
      check("backward", "gradient of weight_hh", sum.weightHh(), spec, rows, spec.hiddenSize());
      check("backward", "gradient of bias_ih", sum.biasIh(), spec, rows);
      check("backward", "gradient of bias_hh", sum.biasHh(), spec, rows);
    }
  }

  private static void present(String name, Tensor tensor, boolean wanted) {
    if ((tensor != null) != wanted) {
      throw absence(
          "backward",
          (tensor == null ? "no" : "a") + " gradient of " + name,
          (wanted ? "one" : "none") + ", as the weights have it");
    }
  }

  private static void checkState(
      String operation,
      String name,
      RecurrentSpec spec,
      int batch,
      RecurrentState state,
      boolean complete) {
    if (state == null) {
      return;
    }
    if (complete && (state.hidden() == null || lacksCell(spec, state))) {
      throw absence(
          operation,
          "the "
              + name
              + " state without its "
              + (state.hidden() == null ? "hidden" : "cell")
              + " part",
          "a complete state, or none");
    }
    if (!spec.hasCellState() && state.cell() != null) {
      throw absence(
          operation, "the " + name + " state with a cell part", "none: only LSTMs have one");
    }
    checkPart(operation, name, " hidden", spec, batch, state.hidden());
    checkPart(operation, name, " cell", spec, batch, state.cell());
  }

  /** Joins the name only to refuse: this runs at every call and must not allocate. */
  private static void checkPart(
      String operation, String name, String part, RecurrentSpec spec, int batch, Tensor tensor) {
    int directions = spec.directions();
    int hidden = spec.hiddenSize();
    if (tensor != null && !fits(tensor, spec, directions, batch, hidden)) {
      throw wrong(operation, name + part, tensor, spec.dataType(), directions, batch, hidden);
    }
  }

  private static boolean fits(Tensor tensor, RecurrentSpec spec, int a, int b, int c) {
    return tensor.shape().rank() == 3
        && tensor.extent(0) == a
        && tensor.extent(1) == b
        && tensor.extent(2) == c
        && tensor.dataType() == spec.dataType();
  }

  private static boolean lacksCell(RecurrentSpec spec, RecurrentState state) {
    return spec.hasCellState() && state.cell() == null;
  }

  private static void check(
      String operation, String name, Tensor tensor, RecurrentSpec spec, int a, int b, int c) {
    if (tensor != null && !fits(tensor, spec, a, b, c)) {
      throw wrong(operation, name, tensor, spec.dataType(), a, b, c);
    }
  }

  private static void check(
      String operation, String name, Tensor tensor, RecurrentSpec spec, int a, int b) {
    if (!(tensor.shape().rank() == 2
        && tensor.extent(0) == a
        && tensor.extent(1) == b
        && tensor.dataType() == spec.dataType())) {
      throw wrong(operation, name, tensor, spec.dataType(), a, b);
    }
  }

  private static void check(
      String operation, String name, Tensor tensor, RecurrentSpec spec, int a) {
    if (tensor != null
        && !(tensor.shape().rank() == 1
            && tensor.extent(0) == a
            && tensor.dataType() == spec.dataType())) {
      throw wrong(operation, name, tensor, spec.dataType(), a);
    }
  }

  private static ShapeException wrong(
      String operation, String name, Tensor tensor, DataType type, int... extents) {
    return new ShapeException(
        operation,
        name + " " + tensor.dataType() + " " + tensor.shape(),
        type + " " + Arrays.toString(extents),
        "Create it with the shape that the plan's specification and this batch ask for");
  }

  private static InvalidArgumentException absence(String operation, String got, String expected) {
    return new InvalidArgumentException(
        operation, got, expected, "Make operands and specification agree");
  }
}
