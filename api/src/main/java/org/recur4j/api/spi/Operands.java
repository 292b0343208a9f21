package org.recur4j.api.spi;

import java.util.Arrays;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * Checks of a plan's operands: those that may not be null are present, and all of them are open and
 * have the shape and data type required by the specification and the batch. Allocates nothing
 * unless a check fails.
 */
final class Operands {
  private static final String FORWARD = "forward";
  private static final String BACKWARD = "backward";

  private Operands() {}

  /** Checks the operands of forward. */
  static void checkForward(RecurrentSpec spec, Pass pass, RecurrentInput in, RecurrentOutput out) {
    if (in == null || in.x() == null) {
      throw absence(FORWARD, "no x", "a tensor [T, B, " + spec.inputSize() + "]");
    }
    if (out == null) {
      throw absence(FORWARD, "no output", "a RecurrentOutput; its parts may be null");
    }
    Tensor x = in.x();
    if (x.shape().rank() != 3
        || x.extent(2) != spec.inputSize()
        || x.dataType() != spec.dataType()) {
      throw new ShapeException(
          FORWARD,
          "x " + x.dataType() + " " + x.shape(),
          spec.dataType() + " [T, B, " + spec.inputSize() + "]",
          "x is time-major: steps, batch, features");
    }
    int steps = x.extent(0);
    int batch = x.extent(1);
    if (!pass.max().holds(steps, batch)) {
      throw new ShapeException(
          FORWARD,
          steps + " steps of batch " + batch,
          "at most " + pass.max().steps() + " steps of batch " + pass.max().batch(),
          "Open a pass with a larger extent");
    }
    checkOpen(FORWARD, "x", x);
    Lengths lengths = in.lengths();
    if (lengths != null && (lengths.steps() != steps || lengths.batch() != batch)) {
      throw new ShapeException(
          FORWARD,
          "lengths of " + lengths.batch() + " rows and " + lengths.steps() + " steps",
          batch + " rows and " + steps + " steps, as x has",
          "Make the lengths for this batch");
    }
    checkComplete("the initial state", spec, in.initial());
    checkState(FORWARD, "initial", spec, batch, in.initial());
    if ((in.hiddenMask() != null) != spec.hiddenMask()) {
      throw absence(
          FORWARD,
          (in.hiddenMask() == null ? "no" : "a") + " hidden mask",
          (spec.hiddenMask() ? "one" : "none") + ", as the specification says");
    }
    check(
        FORWARD, "hiddenMask", in.hiddenMask(), spec, spec.directions(), batch, spec.hiddenSize());
    check(FORWARD, "y", out.y(), spec, steps, batch, spec.outputSize());
    checkComplete("the last state", spec, out.last());
    checkState(FORWARD, "last", spec, batch, out.last());
  }

  /** Checks the operands of backward; steps and batch are those of the forward. */
  static void checkBackward(
      RecurrentSpec spec,
      int steps,
      int batch,
      RecurrentOutput dOut,
      RecurrentInput dIn,
      RecurrentGradients sums) {
    if (dOut != null) {
      check(BACKWARD, "dy", dOut.y(), spec, steps, batch, spec.outputSize());
      checkState(BACKWARD, "dLast", spec, batch, dOut.last());
    }
    if (dIn != null) {
      check(BACKWARD, "dx", dIn.x(), spec, steps, batch, spec.inputSize());
      checkState(BACKWARD, "dInitial", spec, batch, dIn.initial());
    }
    if (sums == null) {
      return;
    }
    if (sums.directions().size() != spec.directions()) {
      throw absence(
          BACKWARD,
          sums.directions().size() + " direction(s) of gradients",
          spec.directions() + " for " + spec.direction());
    }
    int rows = spec.gates() * spec.hiddenSize();
    for (int d = 0; d < spec.directions(); d++) {
      DirectionWeights sum = sums.directions().get(d);
      checkPresent("weight_ih", sum.weightIh(), true);
      checkPresent("weight_hh", sum.weightHh(), true);
      checkPresent("bias_ih", sum.biasIh(), spec.biases() != Biases.NONE);
      checkPresent("bias_hh", sum.biasHh(), spec.biases() == Biases.DOUBLE);
      checkSum("gradient of weight_ih", sum.weightIh(), spec, rows, spec.inputSize());
      checkSum("gradient of weight_hh", sum.weightHh(), spec, rows, spec.hiddenSize());
      checkSum("gradient of bias_ih", sum.biasIh(), spec, rows);
      checkSum("gradient of bias_hh", sum.biasHh(), spec, rows);
    }
  }

  /** Checks that the weights are open, because some plans read them in place. */
  static void checkWeights(String operation, RecurrentWeights weights) {
    for (int d = 0; d < weights.directions().size(); d++) {
      DirectionWeights direction = weights.directions().get(d);
      checkOpen(operation, "weight_ih", direction.weightIh());
      checkOpen(operation, "weight_hh", direction.weightHh());
      checkOpen(operation, "bias_ih", direction.biasIh());
      checkOpen(operation, "bias_hh", direction.biasHh());
    }
  }

  /** Checks the target of a trace; steps and batch are those of the forward. */
  static void checkRead(RecurrentSpec spec, int steps, int batch, Trace what, Tensor target) {
    String operation = "read " + what;
    int width = (what == Trace.GATES ? spec.gates() : 1) * spec.hiddenSize();
    if (target == null) {
      throw absence(operation, "no target", "a tensor [T, B, D, " + width + "]");
    }
    if (target.shape().rank() != 4
        || target.extent(0) != steps
        || target.extent(1) != batch
        || target.extent(2) != spec.directions()
        || target.extent(3) != width
        || target.dataType() != spec.dataType()) {
      throw wrong(operation, "target", target, spec, steps, batch, spec.directions(), width);
    }
    checkOpen(operation, "target", target);
  }

  private static void checkPresent(String name, Tensor tensor, boolean wanted) {
    if ((tensor != null) != wanted) {
      throw absence(
          BACKWARD,
          (tensor == null ? "no" : "a") + " gradient of " + name,
          (wanted ? "one" : "none") + ", as the weights have it");
    }
  }

  /** Checks that a state of forward is complete or null; parts of a gradient may be null. */
  private static void checkComplete(String name, RecurrentSpec spec, RecurrentState state) {
    if (state == null) {
      return;
    }
    boolean lacksHidden = state.hidden() == null;
    if (lacksHidden || (spec.hasCellState() && state.cell() == null)) {
      throw absence(
          FORWARD,
          name + " without its " + (lacksHidden ? "hidden" : "cell") + " part",
          "a complete state, or none");
    }
  }

  /**
   * Builds the name of a part only on failure, because this runs at every call and must not
   * allocate.
   */
  private static void checkState(
      String operation, String name, RecurrentSpec spec, int batch, RecurrentState state) {
    if (state == null) {
      return;
    }
    if (!spec.hasCellState() && state.cell() != null) {
      throw absence(
          operation, "the " + name + " state with a cell part", "none: only LSTMs have one");
    }
    int directions = spec.directions();
    int size = spec.hiddenSize();
    if (!passes(state.hidden(), spec, directions, batch, size)) {
      check(operation, name + " hidden", state.hidden(), spec, directions, batch, size);
    }
    if (!passes(state.cell(), spec, directions, batch, size)) {
      check(operation, name + " cell", state.cell(), spec, directions, batch, size);
    }
  }

  /** Returns whether {@link #check} succeeds; null passes. */
  private static boolean passes(Tensor tensor, RecurrentSpec spec, int a, int b, int c) {
    return tensor == null || (fits(tensor, spec, a, b, c) && tensor.isOpen());
  }

  private static boolean fits(Tensor tensor, RecurrentSpec spec, int a, int b, int c) {
    return tensor.shape().rank() == 3
        && tensor.extent(0) == a
        && tensor.extent(1) == b
        && tensor.extent(2) == c
        && tensor.dataType() == spec.dataType();
  }

  private static void check(
      String operation, String name, Tensor tensor, RecurrentSpec spec, int a, int b, int c) {
    if (tensor == null) {
      return;
    }
    if (!fits(tensor, spec, a, b, c)) {
      throw wrong(operation, name, tensor, spec, a, b, c);
    }
    checkOpen(operation, name, tensor);
  }

  private static void checkSum(String name, Tensor tensor, RecurrentSpec spec, int a, int b) {
    if (tensor.shape().rank() != 2
        || tensor.extent(0) != a
        || tensor.extent(1) != b
        || tensor.dataType() != spec.dataType()) {
      throw wrong(BACKWARD, name, tensor, spec, a, b);
    }
    checkOpen(BACKWARD, name, tensor);
  }

  private static void checkSum(String name, Tensor tensor, RecurrentSpec spec, int a) {
    if (tensor == null) {
      return;
    }
    if (tensor.shape().rank() != 1
        || tensor.extent(0) != a
        || tensor.dataType() != spec.dataType()) {
      throw wrong(BACKWARD, name, tensor, spec, a);
    }
    checkOpen(BACKWARD, name, tensor);
  }

  /** Checks that a tensor is open; null passes. */
  private static void checkOpen(String operation, String name, Tensor tensor) {
    if (tensor != null && !tensor.isOpen()) {
      throw new ClosedException(
          operation,
          name + " " + tensor + ", which was closed or reset",
          "a tensor of an open scope",
          "Keep the scope open for as long as its tensors are used, or hand the tensor on with"
              + " keep()");
    }
  }

  private static ShapeException wrong(
      String operation, String name, Tensor tensor, RecurrentSpec spec, int... extents) {
    return new ShapeException(
        operation,
        name + " " + tensor.dataType() + " " + tensor.shape(),
        spec.dataType() + " " + Arrays.toString(extents),
        "Create it with the shape that the plan's specification and this batch require");
  }

  private static InvalidArgumentException absence(String operation, String got, String expected) {
    return new InvalidArgumentException(
        operation, got, expected, "Make operands and specification agree");
  }
}
