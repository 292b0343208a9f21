package org.recur4j.conformance.toy;

import java.util.Arrays;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.spi.CheckedPlan;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * All that one run writes but its results. Nothing of it is shared with another pass, and all of it
 * is made here, once, for the largest extent. The tensors die with the scope, and the pass with
 * them.
 */
final class ToyPass extends CheckedPass {
  private final int[] lengths;
  private final long bytes;

  /** Activated gates i f g o of each step, {@code [T, B, D, 4·H]}. */
  final Tensor gates;

  /** h and c before each step, {@code [T, B, D, H]}: the first of them is the initial state. */
  final Tensor hiddenBefore;

  final Tensor cellBefore;

  /** ∂L/∂h of each step, {@code [T, B, D, H]}, in mode TRACING. */
  final Tensor stateGradients;

  /** Of the step at hand: x, h, c, h through the mask, the gates, and gradients of these. */
  final double[] x;

  final double[] hidden;
  final double[] cell;
  final double[] masked;
  final double[] z;
  final double[] dHidden;
  final double[] dCell;
  final double[] dz;

  /** Gradients of one direction's weights, summed over rows and steps before they are handed on. */
  final double[] inputSum;

  final double[] hiddenSum;
  final double[] biasSum;

  ToyPass(CheckedPlan<ToyPass> plan, Scope scope, Extent max, Mode mode) {
    super(plan, scope, max, mode);
    RecurrentSpec spec = plan.spec();
    int h = spec.hiddenSize();
    int rows = spec.gates() * h;
    boolean keeps = mode.keepsForBackward();
    int places = keeps ? Math.multiplyExact(max.steps(), max.batch()) * spec.directions() : 1;
    gates = scope.create(spec.dataType(), Shape.of(Math.multiplyExact(places, rows)));
    hiddenBefore = scope.create(spec.dataType(), Shape.of(places * h));
    cellBefore = scope.create(spec.dataType(), Shape.of(places * h));
    stateGradients = scope.create(spec.dataType(), Shape.of(mode == Mode.TRACING ? places * h : 1));
    lengths = new int[max.batch()];
    x = new double[spec.inputSize()];
    hidden = new double[h];
    cell = new double[h];
    masked = new double[h];
    z = new double[rows];
    dHidden = new double[h];
    dCell = new double[h];
    dz = new double[rows];
    inputSum = new double[keeps ? rows * spec.inputSize() : 0];
    hiddenSum = new double[keeps ? rows * h : 0];
    biasSum = new double[keeps ? rows : 0];
    bytes =
        (long) spec.dataType().bytes()
                * (gates.size() + hiddenBefore.size() + cellBefore.size() + stateGradients.size())
            + (long) Double.BYTES * (inputSum.length + hiddenSum.length);
  }

  /** Takes up how long the rows of a batch are. */
  void take(Lengths given) {
    if (given == null) {
      Arrays.fill(lengths, 0, batch(), steps());
    } else {
      given.copyTo(lengths);
    }
  }

  int length(int row) {
    return lengths[row];
  }

  /** Where a step of a row stands in {@code [T, B, D, ·]}, and in y as well. */
  int place(int time, int row, int direction) {
    return (time * batch() + row) * plan().spec().directions() + direction;
  }

  @Override
  public long workspaceBytes() {
    return bytes;
  }
}
