package org.recur4j.backend.ejml.sequence;

import java.util.Arrays;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatTile;

/**
 * The product dX = dZ W_ih for some batch rows, with the directions added into the same dx one
 * after the other.
 */
final class InputGradient {
  private final FloatTile tile;
  private final float[][] target = new float[1][];
  private final int[] targetOffsets;
  private final FloatRows rows;

  InputGradient(FloatEngine engine, int capacity) {
    this.tile = engine.tile(Precision.FULL);
    this.targetOffsets = new int[capacity];
    this.rows = new FloatRows(Integer.MAX_VALUE, targetOffsets).at(target, capacity);
  }

  /**
   * Computes dx; {@code blocks} are those of the same rows, one per direction. dx beyond a row's
   * length is 0.
   */
  void run(SequenceArrays in, BlockGradient[] blocks, PackedWeights[] weights) {
    target[0] = in.dx;
    RowBlock first = blocks[0].block;
    for (int r = 0; r < first.rows; r++) {
      int b = first.firstRow + r;
      for (int t = in.lengths[b]; t < in.steps; t++) {
        int row = in.dxRow(t, b);
        Arrays.fill(in.dx, row, row + in.inputSize, 0f);
      }
    }
    for (int direction = 0; direction < blocks.length; direction++) {
      for (int s = 0; s < first.longest(); s++) {
        step(in, blocks[direction], weights[direction], s);
      }
    }
    target[0] = null;
  }

  private void step(SequenceArrays in, BlockGradient gradient, PackedWeights weights, int s) {
    RowBlock block = gradient.block;
    int count = block.activate(in, s);
    for (int i = 0; i < count; i++) {
      int b = block.firstRow + block.active[i];
      targetOffsets[i] = in.dxRow(in.time(block.direction, s, b), b);
    }
    int h = block.hiddenSize;
    FloatTile.Start start = block.direction == 0 ? FloatTile.Start.ZERO : FloatTile.Start.TARGET;
    for (int gate = 0; gate < block.cell.gates(); gate++) {
      tile.multiply(
          gradient.dz[s][gate],
          block.planeOffsets,
          1,
          weights.inputBack(),
          gate * h,
          h,
          start,
          null,
          rows,
          count);
      start = FloatTile.Start.TARGET;
    }
  }
}
