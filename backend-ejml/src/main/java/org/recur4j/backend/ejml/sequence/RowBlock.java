package org.recur4j.backend.ejml.sequence;

import java.util.Arrays;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.array.Planes;
import org.recur4j.backend.ejml.engine.CellLoops;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatPanel;
import org.recur4j.backend.ejml.engine.FloatTile;

/**
 * The forward scan of some batch rows in one direction, with what it keeps for backward. Values are
 * stored in planes, arrays of rows · H values of one quantity at one step, so that the pointwise
 * loops are long and share one index. The scan runs over steps s = 0, 1, …, which the reverse
 * direction counts from each row's own end, so that in both directions the active rows at step s
 * are those longer than s.
 */
final class RowBlock {
  /**
   * The number of input rows, from as many steps as necessary, that are multiplied together before
   * the recurrence runs over them: enough to make loading each strip of weights worthwhile.
   */
  private static final int PROJECTED = 64;

  final FusedCell cell;
  final int direction;
  final int hiddenSize;

  /**
   * The number of planes per step: one for each gate; a GRU has a fourth, which holds hn = h' W_hnᵀ
   * + b_hn if it resets after the product, else r·h'.
   */
  final int planes;

  /** [slot][plane]: the pre-activations, then the gates. */
  final float[][][] gates;

  /** [slot][0]: h before step s, in slot s during training, else in two alternating slots. */
  final float[][][] hidden;

  /** The same multiplied by the mask; equal to {@link #hidden} without a mask. */
  final float[][][] masked;

  final float[][][] cells;
  final float[][] tanhCells;
  final float[] maskPlane;

  final FloatTile tile;
  final CellLoops loops;
  final int[] active;
  final int[] planeOffsets;
  private final int chunk;
  private final int[] inputOffsets;
  private final FloatRows projected;
  private final float[][][] candidates;
  private final FloatRows gateRows;
  private final boolean training;

  int firstRow;
  int rows;
  private int longest;

  RowBlock(
      FloatEngine engine,
      Precision precision,
      FusedCell cell,
      int direction,
      int inputSize,
      int hiddenSize,
      int capacity,
      int maxSteps,
      boolean mask,
      boolean training) {
    this.tile = engine.tile(precision);
    this.loops = engine.loops();
    this.cell = cell;
    this.planes = cell.isGru() ? 4 : cell.gates();
    this.direction = direction;
    this.hiddenSize = hiddenSize;
    this.training = training;
    int n = Planes.length(capacity * hiddenSize);
    this.chunk = Math.max(1, Math.min(PROJECTED / Math.max(1, capacity), maxSteps));
    int slots = training ? maxSteps : chunk;
    int states = training ? maxSteps + 1 : 2;
    this.gates = new float[slots][planes][n];
    this.candidates = new float[cell.isGru() ? slots : 0][][];
    for (int slot = 0; slot < candidates.length; slot++) {
      candidates[slot] = new float[][] {gates[slot][cell == FusedCell.GRU_RESET_AFTER ? 3 : 2]};
    }
    this.hidden = new float[states][1][n];
    this.masked = mask ? new float[training ? maxSteps : 1][1][n] : hidden;
    this.maskPlane = new float[mask ? n : 0];
    this.cells = new float[cell.hasCellState() ? states : 0][1][n];
    this.tanhCells = new float[cell.hasCellState() ? (training ? maxSteps : 1) : 0][n];
    this.active = new int[capacity];
    this.planeOffsets = new int[capacity];
    this.inputOffsets = new int[chunk * capacity];
    this.projected = new FloatRows(hiddenSize, new int[chunk * capacity]);
    this.gateRows = new FloatRows(hiddenSize, planeOffsets);
  }

  int longest() {
    return longest;
  }

  /**
   * Returns the operand of W_hh at step s: h before the step, times the mask if there is one. For
   * training only.
   */
  float[] left(int s) {
    return masked[s][0];
  }

  boolean isMasked() {
    return maskPlane.length > 0;
  }

  long bytes() {
    long count = (long) gates.length * planes + hidden.length + cells.length + tanhCells.length;
    long maskPlanes = isMasked() ? masked.length + 1 : 0;
    return 4L * (count + maskPlanes) * hidden[0][0].length;
  }

  /** Lists the rows longer than {@code s} and returns their number. */
  int activate(SequenceArrays in, int s) {
    int count = 0;
    for (int r = 0; r < rows; r++) {
      if (in.lengths[firstRow + r] > s) {
        active[count] = r;
        planeOffsets[count] = r * hiddenSize;
        count++;
      }
    }
    return count;
  }

  void forward(SequenceArrays in, PackedWeights weights, int from, int to) {
    firstRow = from;
    rows = to - from;
    longest = 0;
    for (int b = from; b < to; b++) {
      longest = Math.max(longest, in.lengths[b]);
    }
    begin(in);
    for (int s0 = 0; s0 < longest; s0 += chunk) {
      int s1 = Math.min(longest, s0 + chunk);
      project(in, weights, s0, s1);
      for (int s = s0; s < s1; s++) {
        int count = activate(in, s);
        step(weights, s, count);
        deliver(in, s, count);
      }
    }
  }

  /**
   * Sets the initial states and the mask, the zeros beyond each row's length, and the rows of
   * length 0.
   */
  private void begin(SequenceArrays in) {
    for (int r = 0; r < rows; r++) {
      int b = firstRow + r;
      int state = in.stateRow(direction, b);
      int plane = r * hiddenSize;
      copyOrZero(in.initialHidden, in.initialHiddenOffset + state, hidden[0][0], plane);
      if (cell.hasCellState()) {
        copyOrZero(in.initialCell, in.initialCellOffset + state, cells[0][0], plane);
      }
      if (isMasked()) {
        System.arraycopy(in.mask, in.maskOffset + state, maskPlane, plane, hiddenSize);
      }
      for (int t = in.lengths[b]; t < in.steps && in.y != null; t++) {
        int row = in.yOffset + in.outputRow(direction, t, b);
        Arrays.fill(in.y, row, row + hiddenSize, 0f);
      }
      if (in.lengths[b] == 0) {
        finish(in, state, plane, 0);
      }
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
   * Computes Z_s = X_s W_ihᵀ + b for steps [s0, s1) and the active rows; x beyond a row's length is
   * never read.
   */
  private void project(SequenceArrays in, PackedWeights weights, int s0, int s1) {
    int count = 0;
    for (int s = s0; s < s1; s++) {
      for (int r = 0; r < rows; r++) {
        int b = firstRow + r;
        if (in.lengths[b] > s) {
          inputOffsets[count] = in.xRow(in.time(direction, s, b), b);
          projected.set(count, gates[slot(s)], r * hiddenSize);
          count++;
        }
      }
    }
    tile.multiply(
        in.x,
        inputOffsets,
        1,
        weights.input(),
        0,
        in.inputSize,
        FloatTile.Start.BIAS,
        weights.inputBias(),
        projected,
        count);
  }

  private void step(PackedWeights weights, int s, int count) {
    int n = rows * hiddenSize;
    float[] before = hidden[state(s)][0];
    float[] left = before;
    if (isMasked()) {
      left = masked[training ? s : 0][0];
      Planes.multiply(before, maskPlane, left, n);
    }
    float[] after = hidden[state(s + 1)][0];
    float[][] z = gates[slot(s)];
    if (rows == 1) {
      // A single row is limited by loading the weights, so begin with those still in the cache.
      tile.reverseOrder();
    }
    recurrent(weights.hidden(), left, FloatTile.Start.TARGET, null, z, count);
    switch (cell) {
      case TANH, RELU -> loops.vanilla(cell == FusedCell.RELU, z[0], after, n);
      case LSTM ->
          loops.lstm(
              z[0],
              z[1],
              z[2],
              z[3],
              cells[state(s)][0],
              cells[state(s + 1)][0],
              tanhCells[training ? s : 0],
              after,
              n);
      case GRU_RESET_AFTER -> {
        recurrent(
            weights.candidate(),
            left,
            FloatTile.Start.BIAS,
            weights.candidateBias(),
            candidates[slot(s)],
            count);
        loops.gruAfter(z[0], z[1], z[2], z[3], before, after, n);
      }
      case GRU_RESET_BEFORE -> {
        loops.gruBeforeGates(z[0], z[1], left, z[3], n);
        recurrent(
            weights.candidate(), z[3], FloatTile.Start.TARGET, null, candidates[slot(s)], count);
        loops.gruBeforeOutput(z[1], z[2], before, after, n);
      }
    }
  }

  private void recurrent(
      FloatPanel panel,
      float[] left,
      FloatTile.Start start,
      float[] bias,
      float[][] target,
      int count) {
    tile.multiply(
        left,
        planeOffsets,
        1,
        panel,
        0,
        hiddenSize,
        start,
        bias,
        gateRows.at(target, count),
        count);
  }

  private void deliver(SequenceArrays in, int s, int count) {
    float[] after = hidden[state(s + 1)][0];
    for (int i = 0; i < count; i++) {
      int b = firstRow + active[i];
      if (in.y != null) {
        int row = in.yOffset + in.outputRow(direction, in.time(direction, s, b), b);
        System.arraycopy(after, planeOffsets[i], in.y, row, hiddenSize);
      }
      if (in.lengths[b] == s + 1) {
        finish(in, in.stateRow(direction, b), planeOffsets[i], s + 1);
      }
    }
  }

  /** Stores the final state of a row after its last valid step. */
  private void finish(SequenceArrays in, int stateRow, int plane, int s) {
    if (in.lastHidden != null) {
      System.arraycopy(
          hidden[state(s)][0], plane, in.lastHidden, in.lastHiddenOffset + stateRow, hiddenSize);
    }
    if (in.lastCell != null) {
      System.arraycopy(
          cells[state(s)][0], plane, in.lastCell, in.lastCellOffset + stateRow, hiddenSize);
    }
  }

  private int slot(int s) {
    return training ? s : s % chunk;
  }

  private int state(int s) {
    return training ? s : s & 1;
  }
}
