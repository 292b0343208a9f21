package org.recur4j.backend.ejml.sequence;

import java.util.Arrays;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.array.Planes;
import org.recur4j.backend.ejml.engine.FloatTile;

/**
 * The backward scan of a {@link RowBlock}: from the last step to the first, with one pointwise pass
 * and one small product per step. It stores the gradients of all pre-activations in planes for the
 * products over the whole sequence that follow ({@link InputGradient}, {@link WeightGradient}).
 */
final class BlockGradient {
  final RowBlock block;

  /**
   * [step][plane]: the gradients of the pre-activations; plane 3 of a reset-after GRU is that of
   * hn.
   */
  final float[][][] dz;

  /**
   * [s][0]: ∂L/∂h after s steps, including the recurrent part; slot 0 is that of the initial state.
   */
  final float[][][] dHidden;

  /** [plane]: the sums of dz over the steps, for each row. */
  final float[][] biasRows;

  private final FusedCell cell;
  private final int hiddenSize;
  private final float[] dCell;
  private final float[] dOutput;
  private final float[][] dReset;
  private final FloatRows rows;

  BlockGradient(RowBlock block) {
    this.block = block;
    this.cell = block.cell;
    this.hiddenSize = block.hiddenSize;
    int steps = block.gates.length;
    int n = block.hidden[0][0].length;
    this.dz = new float[steps][block.planes][n];
    this.dHidden = new float[steps + 1][1][n];
    this.biasRows = new float[block.planes][n];
    this.dCell = new float[cell.hasCellState() ? n : 0];
    this.dOutput = new float[n];
    this.dReset = new float[1][cell == FusedCell.GRU_RESET_BEFORE ? n : 0];
    this.rows = new FloatRows(hiddenSize, block.planeOffsets);
  }

  long bytes() {
    long count = (long) dz.length * block.planes + dHidden.length + biasRows.length + 2;
    return 4L * count * dOutput.length;
  }

  /** Returns ∂L/∂h of a step of the last backward, for traces. */
  float[] stateGradient(int s) {
    return dHidden[s + 1][0];
  }

  void backward(SequenceArrays in, PackedWeights weights) {
    int n = block.rows * hiddenSize;
    for (float[] sums : biasRows) {
      Arrays.fill(sums, 0, n, 0f);
    }
    for (int s = block.longest() - 1; s >= 0; s--) {
      int count = block.activate(in, s);
      receive(in, s, count, n);
      step(s, n);
      propagate(weights, s, count, n);
      clearInactive(in, s);
      for (int plane = 0; plane < block.planes; plane++) {
        Planes.add(dz[s][plane], biasRows[plane], n);
      }
    }
    deliver(in);
  }

  /** Adds dy and, at the last valid step of a row, the gradient of its final state. */
  private void receive(SequenceArrays in, int s, int count, int n) {
    float[] dh = dHidden[s + 1][0];
    int direction = block.direction;
    for (int i = 0; i < count; i++) {
      int b = block.firstRow + block.active[i];
      int plane = block.planeOffsets[i];
      if (in.lengths[b] == s + 1) {
        int state = in.stateRow(direction, b);
        copyOrZero(in.dLastHidden, in.dLastHiddenOffset + state, dh, plane);
        if (cell.hasCellState()) {
          copyOrZero(in.dLastCell, in.dLastCellOffset + state, dCell, plane);
        }
      }
      if (in.dy != null) {
        int row = in.dyOffset + in.outputRow(direction, in.time(direction, s, b), b);
        System.arraycopy(in.dy, row, dOutput, plane, hiddenSize);
      }
    }
    if (in.dy != null) {
      Planes.add(dOutput, dh, n);
    }
  }

  private void copyOrZero(float[] source, int offset, float[] target, int plane) {
    if (source == null) {
      Arrays.fill(target, plane, plane + hiddenSize, 0f);
    } else {
      System.arraycopy(source, offset, target, plane, hiddenSize);
    }
  }

  /**
   * Computes the pointwise part, without the reset gate of a reset-before GRU, which needs a
   * product first.
   */
  private void step(int s, int n) {
    float[] dh = dHidden[s + 1][0];
    float[][] z = block.gates[s];
    float[][] d = dz[s];
    switch (cell) {
      case TANH, RELU -> block.loops.vanillaGradient(cell == FusedCell.RELU, z[0], dh, d[0], n);
      case LSTM ->
          block.loops.lstmGradient(
              z[0],
              z[1],
              z[2],
              z[3],
              block.cells[s][0],
              block.tanhCells[s],
              dh,
              dCell,
              d[0],
              d[1],
              d[2],
              d[3],
              n);
      case GRU_RESET_AFTER ->
          block.loops.gruAfterGradient(
              z[0], z[1], z[2], z[3], block.hidden[s][0], dh, d[0], d[1], d[2], d[3], n);
      case GRU_RESET_BEFORE ->
          block.loops.gruBeforeGradient(z[1], z[2], block.hidden[s][0], dh, d[1], d[2], n);
    }
  }

  /**
   * Clears the planes of rows that ended before step s, because their stale values must not enter a
   * sum.
   */
  private void clearInactive(SequenceArrays in, int s) {
    for (int r = 0; r < block.rows; r++) {
      if (in.lengths[block.firstRow + r] <= s) {
        for (float[] plane : dz[s]) {
          Arrays.fill(plane, r * hiddenSize, (r + 1) * hiddenSize, 0f);
        }
      }
    }
  }

  /** Computes ∂L/∂h before the step: dZ W_hh, times the mask, plus the direct part of a GRU. */
  private void propagate(PackedWeights weights, int s, int count, int n) {
    float[][] target = dHidden[s];
    float[][] d = dz[s];
    FloatTile.Start start = FloatTile.Start.ZERO;
    switch (cell) {
      case TANH, RELU, LSTM -> {
        for (int gate = 0; gate < cell.gates(); gate++) {
          multiply(weights, d[gate], gate, start, target, count);
          start = FloatTile.Start.TARGET;
        }
      }
      case GRU_RESET_AFTER -> {
        multiply(weights, d[0], 0, start, target, count);
        multiply(weights, d[1], 1, FloatTile.Start.TARGET, target, count);
        multiply(weights, d[3], 2, FloatTile.Start.TARGET, target, count);
      }
      case GRU_RESET_BEFORE -> {
        multiply(weights, d[2], 2, start, dReset, count);
        float[] reset = block.gates[s][0];
        block.loops.gruBeforeResetGradient(reset, block.left(s), dReset[0], d[0], n);
        System.arraycopy(dReset[0], 0, target[0], 0, n);
        multiply(weights, d[0], 0, FloatTile.Start.TARGET, target, count);
        multiply(weights, d[1], 1, FloatTile.Start.TARGET, target, count);
      }
    }
    if (block.isMasked()) {
      Planes.multiply(target[0], block.maskPlane, target[0], n);
    }
    if (cell.isGru()) {
      Planes.multiplyAdd(dHidden[s + 1][0], block.gates[s][1], target[0], n);
    }
  }

  private void multiply(
      PackedWeights weights,
      float[] left,
      int gate,
      FloatTile.Start start,
      float[][] target,
      int count) {
    block.tile.multiply(
        left,
        block.planeOffsets,
        1,
        weights.hiddenBack(),
        gate * hiddenSize,
        hiddenSize,
        start,
        null,
        rows.at(target, count),
        count);
  }

  private void deliver(SequenceArrays in) {
    for (int r = 0; r < block.rows; r++) {
      int b = block.firstRow + r;
      int state = in.stateRow(block.direction, b);
      boolean empty = in.lengths[b] == 0;
      if (in.dInitialHidden != null) {
        deliver(
            empty,
            dHidden[0][0],
            in.dLastHidden,
            in.dLastHiddenOffset + state,
            r,
            in.dInitialHidden,
            in.dInitialHiddenOffset + state);
      }
      if (in.dInitialCell != null) {
        deliver(
            empty,
            dCell,
            in.dLastCell,
            in.dLastCellOffset + state,
            r,
            in.dInitialCell,
            in.dInitialCellOffset + state);
      }
    }
  }

  /**
   * Writes an initial gradient; the gradient of a row of length 0 passes through, because the row
   * returned its initial state.
   */
  private void deliver(
      boolean empty, float[] plane, float[] dLast, int dLastRow, int r, float[] target, int row) {
    if (!empty) {
      System.arraycopy(plane, r * hiddenSize, target, row, hiddenSize);
    } else {
      copyOrZero(dLast, dLastRow, target, row);
    }
  }
}
