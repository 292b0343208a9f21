package org.recur4j.backend.ejml;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * One caller's walk through a fused sequence: turns tensors into arrays, keeps what backward needs,
 * and copies traces out. Not shared by threads; allocates nothing after construction.
 */
final class FusedPass {
  private final FusedSequence sequence;
  private final FusedWeights weights;
  private final FusedCell cell;
  private boolean forwardDone;

  FusedPass(FusedSequence sequence, FusedWeights weights, FusedCell cell) {
    this.sequence = sequence;
    this.weights = weights;
    this.cell = cell;
  }

  FusedSequence sequence() {
    return sequence;
  }

  /** Whether {@link #backward} has something to go back through. */
  boolean isForwardDone() {
    return forwardDone;
  }

  /**
   * @param x {@code [T, B, I]}
   * @param lengths one per row
   * @param initialHidden {@code [D, B, H]}, null for zeros
   * @param initialCell the same for an LSTM's c
   * @param mask {@code [D, B, H]}, null for none
   * @param y {@code [T, B, D·H]}, null if not wanted
   * @param lastHidden {@code [D, B, H]}, null if not wanted; may be the initial one
   * @param lastCell the same for an LSTM's c
   */
  void forward(
      Tensor x,
      Lengths lengths,
      Tensor initialHidden,
      Tensor initialCell,
      Tensor mask,
      Tensor y,
      Tensor lastHidden,
      Tensor lastCell) {
    SequenceArrays arrays = sequence.arrays;
    forwardDone = false;
    arrays.steps = x.extent(0);
    arrays.batch = x.extent(1);
    lengths.copyTo(arrays.lengths);
    arrays.x = DirectionTensors.floats(x);
    arrays.xOffset = DirectionTensors.offset(x);
    arrays.initialHidden = DirectionTensors.floats(initialHidden);
    arrays.initialHiddenOffset = DirectionTensors.offset(initialHidden);
    arrays.initialCell = DirectionTensors.floats(initialCell);
    arrays.initialCellOffset = DirectionTensors.offset(initialCell);
    arrays.mask = DirectionTensors.floats(mask);
    arrays.maskOffset = DirectionTensors.offset(mask);
    arrays.y = DirectionTensors.floats(y);
    arrays.yOffset = DirectionTensors.offset(y);
    arrays.lastHidden = DirectionTensors.floats(lastHidden);
    arrays.lastHiddenOffset = DirectionTensors.offset(lastHidden);
    arrays.lastCell = cell.hasCellState() ? DirectionTensors.floats(lastCell) : null;
    arrays.lastCellOffset = DirectionTensors.offset(lastCell);
    sequence.forward(weights.packed());
    forwardDone = true;
  }

  /**
   * Gradients of the outputs come in, absent ones being zero; those of the inputs go out where
   * wanted.
   */
  void backward(
      Tensor dy,
      Tensor dLastHidden,
      Tensor dLastCell,
      Tensor dx,
      Tensor dInitialHidden,
      Tensor dInitialCell,
      List<DirectionTensors> sums) {
    SequenceArrays arrays = sequence.arrays;
    arrays.dy = DirectionTensors.floats(dy);
    arrays.dyOffset = DirectionTensors.offset(dy);
    arrays.dLastHidden = DirectionTensors.floats(dLastHidden);
    arrays.dLastHiddenOffset = DirectionTensors.offset(dLastHidden);
    arrays.dLastCell = DirectionTensors.floats(dLastCell);
    arrays.dLastCellOffset = DirectionTensors.offset(dLastCell);
    arrays.dx = DirectionTensors.floats(dx);
    arrays.dxOffset = DirectionTensors.offset(dx);
    arrays.dInitialHidden = DirectionTensors.floats(dInitialHidden);
    arrays.dInitialHiddenOffset = DirectionTensors.offset(dInitialHidden);
    arrays.dInitialCell = cell.hasCellState() ? DirectionTensors.floats(dInitialCell) : null;
    arrays.dInitialCellOffset = DirectionTensors.offset(dInitialCell);
    for (int direction = 0; direction < sums.size(); direction++) {
      sums.get(direction).pointAt(sequence.gradients[direction]);
    }
    sequence.backward(weights.packed());
  }

  /** What a trace shows of one row at one step. */
  enum Quantity {
    /** The activated gates, gate by gate: G·H values. */
    GATES,
    /** c after the step: H values; LSTM only. */
    CELL,
    /** ∂L/∂h of the step, the recurrent part included: H values; after backward. */
    STATE_GRADIENT
  }

  /**
   * Copies a quantity of all steps into {@code target[direction][time][row]}, zeros past a row's
   * length. Times are the sequence's, in the reverse direction too.
   *
   * @param target {@code [D, T, B, width]} flat, from {@code offset}
   */
  void read(Quantity quantity, float[] target, int offset) {
    SequenceArrays arrays = sequence.arrays;
    int h = arrays.hiddenSize;
    int width = quantity == Quantity.GATES ? cell.gates() * h : h;
    int size = arrays.directions * arrays.steps * arrays.batch * width;
    Arrays.fill(target, offset, offset + size, 0f);
    for (int direction = 0; direction < arrays.directions; direction++) {
      for (int b = 0; b < arrays.batch; b++) {
        RowBlock block = sequence.block(direction, b);
        int plane = (b - block.firstRow) * h;
        for (int s = 0; s < arrays.lengths[b]; s++) {
          int time = arrays.time(direction, s, b);
          int row = offset + ((direction * arrays.steps + time) * arrays.batch + b) * width;
          switch (quantity) {
            case GATES -> {
              for (int gate = 0; gate < cell.gates(); gate++) {
                System.arraycopy(block.gates[s][gate], plane, target, row + gate * h, h);
              }
            }
            case CELL -> System.arraycopy(block.cells[s + 1][0], plane, target, row, h);
            case STATE_GRADIENT ->
                System.arraycopy(
                    sequence.blockGradient(direction, b).stateGradient(s), plane, target, row, h);
          }
        }
      }
    }
  }
}
