package org.recur4j.backend.ejml;

import java.util.Arrays;

/**
 * One cut of a weight gradient dW += dZᵀ X over all steps and rows of a sequence: some columns of X
 * (or of h) against some rows of W. It runs over the pairs (step, row) in that order whatever
 * blocks the rows belong to, so the sums do not depend on the number of threads.
 */
final class WeightGradient {
  /** Columns of X per cut: with 256 pairs at a time the copies stay in the second-level cache. */
  static final int INPUTS = 96;

  /** Keeps the pairs apart in the cache, where a power of two would collide. */
  private static final int INPUT_STRIDE = INPUTS + 16;

  /** What stands to the right in dZᵀ X. */
  enum Source {
    INPUT,
    HIDDEN,
    RESET_HIDDEN
  }

  /** Arrays of one thread, shared by all cuts. */
  static final class Scratch {
    final FloatTile tile;
    final FloatPanel panel;
    final float[] inputs = new float[FloatPanel.DEPTH * INPUT_STRIDE];
    final float[][] sums = new float[1][INPUTS * FloatPanel.WIDTH];
    final int[] inputOffsets = new int[INPUTS];
    final int[] sumOffsets = new int[INPUTS];
    final int[] pairOffset = new int[1];
    final FloatRows pair;
    final FloatRows target = new FloatRows(Integer.MAX_VALUE, sumOffsets).at(sums, INPUTS);

    Scratch(FloatEngine engine, int hiddenSize) {
      this.tile = engine.tile();
      this.panel = engine.panel(FloatPanel.DEPTH, FloatPanel.WIDTH);
      this.pair = new FloatRows(hiddenSize, pairOffset);
    }

    static long bytes() {
      return 4L
          * (FloatPanel.DEPTH * (FloatPanel.WIDTH + INPUT_STRIDE) + INPUTS * FloatPanel.WIDTH);
    }
  }

  final int direction;
  private final Source source;
  private final int planeColumn;
  private final int weightRow;
  private final int width;
  private final int firstInput;
  private final int inputs;

  /**
   * @param planeColumn the first dz column, counted through the planes
   * @param weightRow the weight row it belongs to
   * @param width number of dz columns and weight rows, at most {@link FloatPanel#WIDTH}
   * @param firstInput the first column of X and of W
   * @param inputs number of them, at most {@link #INPUTS}
   */
  WeightGradient(
      int direction,
      Source source,
      int planeColumn,
      int weightRow,
      int width,
      int firstInput,
      int inputs) {
    this.direction = direction;
    this.source = source;
    this.planeColumn = planeColumn;
    this.weightRow = weightRow;
    this.width = width;
    this.firstInput = firstInput;
    this.inputs = inputs;
  }

  boolean isRecurrent() {
    return source != Source.INPUT;
  }

  /** Adds to {@code sums[offset + row·columns + column]}. */
  void run(SequenceArrays in, BlockGradient[] blocks, Scratch scratch, float[] sums, int offset) {
    int columns = isRecurrent() ? in.hiddenSize : in.inputSize;
    for (int i = 0; i < inputs; i++) {
      scratch.inputOffsets[i] = i;
      scratch.sumOffsets[i] = i * width;
    }
    Arrays.fill(scratch.sums[0], 0, inputs * width, 0f);
    scratch.panel.reshape(FloatPanel.DEPTH, width);
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
            gather(in, gradient, s, r, scratch, pairs++);
            if (pairs == FloatPanel.DEPTH) {
              multiply(scratch, pairs);
              pairs = 0;
            }
          }
        }
      }
    }
    if (pairs > 0) {
      multiply(scratch, pairs);
    }
    for (int j = 0; j < width; j += 8) {
      addTransposed(
          scratch.sums[0], j, sums, offset + (weightRow + j) * columns + firstInput, columns);
    }
  }

  /**
   * Up to eight rows of W from eight neighbouring columns of the sums: one line in, eight streams
   * out.
   */
  private void addTransposed(float[] from, int j, float[] to, int first, int columns) {
    if (j + 8 > width) {
      for (int r = j; r < width; r++) {
        int row = first + (r - j) * columns;
        for (int i = 0; i < inputs; i++) {
          to[row + i] += from[i * width + r];
        }
      }
      return;
    }
    int r1 = first + columns;
    int r2 = r1 + columns;
    int r3 = r2 + columns;
    int r4 = r3 + columns;
    int r5 = r4 + columns;
    int r6 = r5 + columns;
    int r7 = r6 + columns;
    for (int i = 0; i < inputs; i++) {
      int at = i * width + j;
      to[first + i] += from[at];
      to[r1 + i] += from[at + 1];
      to[r2 + i] += from[at + 2];
      to[r3 + i] += from[at + 3];
      to[r4 + i] += from[at + 4];
      to[r5 + i] += from[at + 5];
      to[r6 + i] += from[at + 6];
      to[r7 + i] += from[at + 7];
    }
  }

  private void gather(
      SequenceArrays in, BlockGradient gradient, int s, int r, Scratch scratch, int pair) {
    RowBlock block = gradient.block;
    int plane = r * in.hiddenSize;
    int to = pair * INPUT_STRIDE;
    switch (source) {
      case INPUT -> {
        int b = block.firstRow + r;
        int row = in.xRow(in.time(direction, s, b), b);
        System.arraycopy(in.x, row + firstInput, scratch.inputs, to, inputs);
      }
      case HIDDEN ->
          System.arraycopy(block.left(s), plane + firstInput, scratch.inputs, to, inputs);
      case RESET_HIDDEN ->
          System.arraycopy(block.gates[s][3], plane + firstInput, scratch.inputs, to, inputs);
    }
    scratch.pairOffset[0] = plane;
    scratch.panel.setRow(pair, scratch.pair.at(gradient.dz[s], 1), 0, planeColumn);
  }

  private void multiply(Scratch scratch, int pairs) {
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
        inputs);
  }
}
