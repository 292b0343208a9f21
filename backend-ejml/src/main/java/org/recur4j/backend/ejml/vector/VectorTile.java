package org.recur4j.backend.ejml.vector;

import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatPanel;
import org.recur4j.backend.ejml.engine.FloatTile;

/**
 * The product routine on vectors. A tile of C stays in registers while k runs from the first row of
 * the panel to the last:
 *
 * <pre>
 *                      B, row k:  b0  b1  b2  b3        four vectors, loaded once
 *                                 │   │   │   │
 *   A, row r,     element k ──►  c00 c01 c02 c03        c(r,j) ← fma(a(r,k), b(k,j), c(r,j))
 *   A, row r + 1, element k ──►  c10 c11 c12 c13
 *   A, row r + 2, element k ──►  c20 c21 c22 c23        sixteen accumulators, eight loads
 *   A, row r + 3, element k ──►  c30 c31 c32 c33        and sixteen multiply-adds a step
 * </pre>
 *
 * <p>Rows left over at the bottom, columns left over at the right, and strips that span two gates
 * use the same tiles on a scratch copy of C; missing rows repeat the first. The tiles are in {@link
 * VectorTiles}.
 */
final class VectorTile implements FloatTile {
  private static final int ROWS = 4;
  private static final int STRIP = VectorPanel.STRIP;

  private final TileShape shape;
  private final float[] edge = new float[ROWS * STRIP];
  private final FloatRows edgeRows;
  private final int[] edgeLeft = new int[ROWS];
  private final float[] zeros = new float[STRIP];
  private boolean backwards;

  VectorTile(TileShape shape) {
    this.shape = shape;
    int[] offsets = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      offsets[r] = r * STRIP;
    }
    this.edgeRows = new FloatRows(STRIP, offsets).at(new float[][] {edge}, ROWS);
  }

  @Override
  public void reverseOrder() {
    backwards = !backwards;
  }

  @Override
  public void multiply(
      float[] a,
      int[] aOffsets,
      int aStep,
      FloatPanel panel,
      int bRow,
      int depth,
      Start start,
      float[] bias,
      FloatRows c,
      int count) {
    VectorPanel b = (VectorPanel) panel;
    int strips = (b.columns() + STRIP - 1) / STRIP;
    for (int i = 0; i < strips; i++) {
      int column = (backwards ? strips - 1 - i : i) * STRIP;
      switch (start) {
        case ZERO -> strip(a, aOffsets, aStep, b, bRow, depth, zeros, 0, c, column, count);
        case BIAS -> strip(a, aOffsets, aStep, b, bRow, depth, bias, column, c, column, count);
        case TARGET -> strip(a, aOffsets, aStep, b, bRow, depth, null, 0, c, column, count);
      }
    }
  }

  /**
   * Multiplies one strip for all rows.
   *
   * @param from the initial values of every row, at {@code first}; null for C itself
   */
  private void strip(
      float[] a,
      int[] aOffsets,
      int aStep,
      VectorPanel b,
      int bRow,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int column,
      int count) {
    int width = Math.min(STRIP, b.columns() - column);
    int pitch = b.pitch(column);
    int at = b.strip(column) + bRow * pitch;
    float[] values = b.values();
    int index = column / c.segment();
    int within = column - index * c.segment();
    int r = 0;
    if (width == pitch && within + width <= c.segment()) {
      for (; r + ROWS <= count; r += ROWS) {
        four(shape, a, aOffsets, r, aStep, values, at, pitch, depth, from, first, c, index, within);
      }
      if (r + 1 == count && width == STRIP) {
        VectorTiles.row1x4(a, aOffsets, r, aStep, values, at, depth, from, first, c, index, within);
        return;
      }
    }
    for (; r < count; r += ROWS) {
      int rows = Math.min(ROWS, count - r);
      begin(aOffsets, r, rows, from, first, c, column, width);
      four(shape, a, edgeLeft, 0, aStep, values, at, pitch, depth, null, 0, edgeRows, 0, 0);
      for (int i = 0; i < rows; i++) {
        c.store(r + i, column, width, edge, i * STRIP);
      }
    }
  }

  /** Multiplies four rows of a strip, whose pitch determines the number of vectors. */
  static void four(
      TileShape shape,
      float[] a,
      int[] aOffsets,
      int row,
      int aStep,
      float[] b,
      int at,
      int pitch,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column) {
    if (pitch == STRIP && shape == TileShape.FOUR_BY_FOUR) {
      VectorTiles.rows4x4(a, aOffsets, row, aStep, b, at, depth, from, first, c, index, column);
      return;
    }
    int two = STRIP / 2;
    int j = 0;
    for (; j + two <= pitch; j += two) {
      VectorTiles.rows4x2(
          a, aOffsets, row, aStep, b, at + j, pitch, depth, from, first + j, c, index, column + j);
    }
    if (j < pitch) {
      VectorTiles.rows4x1(
          a, aOffsets, row, aStep, b, at + j, pitch, depth, from, first + j, c, index, column + j);
    }
  }

  /** Copies a part of C, or its initial values, to the scratch tile. */
  private void begin(
      int[] aOffsets,
      int row,
      int rows,
      float[] from,
      int first,
      FloatRows c,
      int column,
      int width) {
    for (int i = 0; i < rows; i++) {
      if (from == null) {
        c.load(row + i, column, width, edge, i * STRIP);
      } else {
        System.arraycopy(from, first, edge, i * STRIP, width);
      }
    }
    for (int i = 0; i < ROWS; i++) {
      edgeLeft[i] = aOffsets[i < rows ? row + i : row];
    }
  }
}
