package org.recur4j.backend.ejml.sequence;

import java.util.Arrays;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatTile;
import org.recur4j.backend.ejml.engine.ScratchPanel;

/**
 * A part of the weight gradients dW_ih += dZᵀ X and dW_hh += dZᵀ H over all steps and rows of a
 * sequence: some columns of dZ, which are rows of both matrices. It runs over the pairs (step, row)
 * in that order for any division into blocks, so the sums do not depend on the number of threads.
 *
 * <p>For every {@link ScratchPanel#DEPTH} pairs, dZ is packed once and multiplied by the columns of
 * X and H in groups. Each group is copied into one array first, because a column of it is one row
 * of the product.
 */
final class WeightGradient {
  /** The number of columns of X or H per group; with 256 pairs the copy takes 112 KiB. */
  static final int INPUTS = 96;

  /** Not a power of two, so that the pairs do not collide in the cache. */
  private static final int INPUT_STRIDE = INPUTS + 16;

  /** The right operand of dW_hh = dZᵀ H. */
  enum Recurrent {
    /** None, because these columns of dZ do not pass through W_hh. */
    NONE,
    HIDDEN,
    RESET_HIDDEN
  }

  /** The arrays of one thread, shared by all parts. */
  static final class Scratch {
    final FloatTile tile;
    final ScratchPanel panel;
    final float[] inputs = new float[ScratchPanel.DEPTH * INPUT_STRIDE];
    final float[][] sums;
    final int[] inputOffsets = new int[INPUTS];
    final int[] sumOffsets = new int[INPUTS];
    final int[] pairOffset = new int[1];
    final FloatRows pair;
    final FloatRows target;

    /** The row blocks, rows and steps of the packed pairs. */
    final BlockGradient[] pairBlock = new BlockGradient[ScratchPanel.DEPTH];

    final int[] pairRow = new int[ScratchPanel.DEPTH];
    final int[] pairStep = new int[ScratchPanel.DEPTH];

    Scratch(FloatEngine engine, int inputSize, int hiddenSize, int width) {
      this.tile = engine.tile(Precision.FULL);
      this.panel = engine.scratch(ScratchPanel.DEPTH, width);
      this.sums = new float[1][(inputSize + hiddenSize) * width];
      this.pair = new FloatRows(hiddenSize, pairOffset);
      this.target = new FloatRows(Integer.MAX_VALUE, sumOffsets).at(sums, INPUTS);
    }

    long bytes() {
      return panel.bytes() + 4L * (inputs.length + sums[0].length);
    }
  }

  final int direction;
  private final int planeColumn;
  private final int weightRow;
  private final int width;
  private final boolean input;
  private final Recurrent recurrent;

  /**
   * @param planeColumn the first dz column, counted through the planes
   * @param weightRow the first weight row
   * @param width the number of dz columns and weight rows, at most {@link ScratchPanel#WIDTH}
   * @param input whether these columns passed through W_ih
   * @param recurrent the operand that these columns multiply in dW_hh
   */
  WeightGradient(
      int direction,
      int planeColumn,
      int weightRow,
      int width,
      boolean input,
      Recurrent recurrent) {
    this.direction = direction;
    this.planeColumn = planeColumn;
    this.weightRow = weightRow;
    this.width = width;
    this.input = input;
    this.recurrent = recurrent;
  }

  /** Adds to the matrices of {@code gradients} that are wanted. */
  void run(SequenceArrays in, BlockGradient[] blocks, Scratch scratch, GradientArrays gradients) {
    int inputs = input && gradients.weightIh != null ? in.inputSize : 0;
    int hidden = recurrent != Recurrent.NONE && gradients.weightHh != null ? in.hiddenSize : 0;
    if (inputs + hidden == 0) {
      return;
    }
    Arrays.fill(scratch.sums[0], 0, (inputs + hidden) * width, 0f);
    scratch.panel.reshape(ScratchPanel.DEPTH, width);
    int longest = 0;
    for (BlockGradient block : blocks) {
      longest = Math.max(longest, block.block.longest());
    }
    int pairs = 0;
    for (int s = 0; s < longest; s++) {
      for (BlockGradient gradient : blocks) {
        RowBlock block = gradient.block;
        for (int r = 0; r < block.rows; r++) {
          if (in.lengths[block.firstRow + r] > s) {
            pack(in, gradient, s, r, scratch, pairs++);
            if (pairs == ScratchPanel.DEPTH) {
              multiply(in, scratch, pairs, inputs, hidden);
              pairs = 0;
            }
          }
        }
      }
    }
    if (pairs > 0) {
      multiply(in, scratch, pairs, inputs, hidden);
    }
    Arrays.fill(scratch.pairBlock, null);
    add(scratch.sums[0], 0, inputs, gradients.weightIh, gradients.weightIhOffset);
    add(scratch.sums[0], inputs * width, hidden, gradients.weightHh, gradients.weightHhOffset);
  }

  private void pack(
      SequenceArrays in, BlockGradient gradient, int s, int r, Scratch scratch, int pair) {
    scratch.pairBlock[pair] = gradient;
    scratch.pairRow[pair] = r;
    scratch.pairStep[pair] = s;
    scratch.pairOffset[0] = r * in.hiddenSize;
    scratch.panel.setRow(pair, scratch.pair.at(gradient.dz[s], 1), 0, planeColumn);
  }

  private void multiply(SequenceArrays in, Scratch scratch, int pairs, int inputs, int hidden) {
    for (int i = 0; i < inputs; i += INPUTS) {
      int count = Math.min(INPUTS, inputs - i);
      for (int pair = 0; pair < pairs; pair++) {
        int b = scratch.pairBlock[pair].block.firstRow + scratch.pairRow[pair];
        int row = in.xRow(in.time(direction, scratch.pairStep[pair], b), b);
        System.arraycopy(in.x, row + i, scratch.inputs, pair * INPUT_STRIDE, count);
      }
      multiply(scratch, pairs, i, count);
    }
    for (int i = 0; i < hidden; i += INPUTS) {
      int count = Math.min(INPUTS, hidden - i);
      for (int pair = 0; pair < pairs; pair++) {
        RowBlock block = scratch.pairBlock[pair].block;
        int s = scratch.pairStep[pair];
        float[] plane = recurrent == Recurrent.HIDDEN ? block.left(s) : block.gates[s][3];
        int row = scratch.pairRow[pair] * hidden;
        System.arraycopy(plane, row + i, scratch.inputs, pair * INPUT_STRIDE, count);
      }
      multiply(scratch, pairs, inputs + i, count);
    }
  }

  /**
   * Multiplies the group of columns in the scratch, adding to rows [first, first + count) of the
   * sums.
   */
  private void multiply(Scratch scratch, int pairs, int first, int count) {
    for (int i = 0; i < count; i++) {
      scratch.inputOffsets[i] = i;
      scratch.sumOffsets[i] = (first + i) * width;
    }
    scratch.tile.multiply(
        scratch.inputs,
        scratch.inputOffsets,
        INPUT_STRIDE,
        scratch.panel,
        0,
        pairs,
        FloatTile.Start.TARGET,
        null,
        scratch.target,
        count);
  }

  /** Adds the transposed sums, which begin at {@code from}, to the rows of W. */
  private void add(float[] sums, int from, int columns, float[] target, int offset) {
    for (int j = 0; j < width && columns > 0; j += 8) {
      int first = offset + (weightRow + j) * columns;
      if (j + 8 <= width) {
        addEight(sums, from + j, target, first, columns);
      } else {
        for (int r = j; r < width; r++) {
          for (int i = 0; i < columns; i++) {
            target[first + (r - j) * columns + i] += sums[from + i * width + r];
          }
        }
      }
    }
  }

  /** Adds eight neighboring columns of the sums, reading one line and writing eight streams. */
  private void addEight(float[] sums, int from, float[] target, int r0, int columns) {
    int r1 = r0 + columns;
    int r2 = r1 + columns;
    int r3 = r2 + columns;
    int r4 = r3 + columns;
    int r5 = r4 + columns;
    int r6 = r5 + columns;
    int r7 = r6 + columns;
    for (int i = 0; i < columns; i++) {
      int at = from + i * width;
      target[r0 + i] += sums[at];
      target[r1 + i] += sums[at + 1];
      target[r2 + i] += sums[at + 2];
      target[r3 + i] += sums[at + 3];
      target[r4 + i] += sums[at + 4];
      target[r5 + i] += sums[at + 5];
      target[r6 + i] += sums[at + 6];
      target[r7 + i] += sums[at + 7];
    }
  }
}
