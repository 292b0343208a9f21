package org.recur4j.backend.ejml;

/**
 * The product routine in vectors. A tile of C stays in registers while k runs from the first row of
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
 * <p>What is left over at the right edge or below runs through the same tiles on a scratch copy of
 * C, rows that are not there repeating the first. The tiles themselves are in {@link VectorTiles}.
 */
final class VectorTile implements FloatTile {
  private static final int ROWS = 4;

  private final TileShape shape;
  private final float[] edge = new float[ROWS * VectorPanel.STRIP];
  private final FloatRows edgeRows;
  private final int[] edgeLeft = new int[ROWS];
  private float[] zeros = new float[VectorPanel.STRIP];
  private boolean backwards;

  VectorTile(TileShape shape) {
    this.shape = shape;
    int[] offsets = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      offsets[r] = r * VectorPanel.STRIP;
    }
    this.edgeRows = new FloatRows(VectorPanel.STRIP, offsets).at(new float[][] {edge}, ROWS);
  }

  @Override
  public void turn() {
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
    int strips = (b.segment() + VectorPanel.STRIP - 1) / VectorPanel.STRIP;
    int all = b.segments() * strips;
    float[] from = start == Start.ZERO ? zeros(b.segment()) : bias;
    for (int i = 0; i < all; i++) {
      int at = backwards ? all - 1 - i : i;
      int index = at / strips;
      int column = at % strips * VectorPanel.STRIP;
      int first = start == Start.BIAS ? index * b.segment() + column : 0;
      strip(
          a,
          aOffsets,
          aStep,
          b,
          bRow,
          depth,
          start == Start.TARGET ? null : from,
          first,
          c,
          index,
          column,
          count);
    }
  }

  private float[] zeros(int width) {
    if (zeros.length < width) {
      zeros = new float[width];
    }
    return zeros;
  }

  /**
   * One strip of a segment for all rows.
   *
   * @param from what the strip starts from, at {@code first}; null for C itself
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
      int index,
      int column,
      int count) {
    int width = Math.min(VectorPanel.STRIP, b.segment() - column);
    int pitch = b.pitch(column);
    int at = b.strip(index, column) + bRow * pitch;
    float[] values = b.values();
    int r = 0;
    if (width == VectorPanel.STRIP) {
      for (; r + ROWS <= count; r += ROWS) {
        if (shape == TileShape.FOUR_BY_FOUR) {
          VectorTiles.rows4x4(
              a, aOffsets, r, aStep, values, at, depth, from, first, c, index, column);
        } else {
          int half = VectorPanel.STRIP / 2;
          VectorTiles.rows4x2(
              a, aOffsets, r, aStep, values, at, pitch, depth, from, first, c, index, column);
          VectorTiles.rows4x2(
              a,
              aOffsets,
              r,
              aStep,
              values,
              at + half,
              pitch,
              depth,
              from,
              first + half,
              c,
              index,
              column + half);
        }
      }
      if (r + 1 == count) {
        VectorTiles.row1x4(a, aOffsets, r, aStep, values, at, depth, from, first, c, index, column);
        return;
      }
    }
    for (; r < count; r += ROWS) {
      edge(
          a, aOffsets, r, count, aStep, values, at, pitch, depth, from, first, c, index, column,
          width);
    }
  }

  /** At most {@link #ROWS} rows and a strip's width of columns, on a copy of that part of C. */
  private void edge(
      float[] a,
      int[] aOffsets,
      int row,
      int rowEnd,
      int aStep,
      float[] b,
      int at,
      int pitch,
      int depth,
      float[] from,
      int first,
      FloatRows c,
      int index,
      int column,
      int width) {
    int rows = Math.min(ROWS, rowEnd - row);
    int lanes = VectorPanel.STRIP / 4;
    for (int r = 0; r < rows; r++) {
      int to = r * VectorPanel.STRIP;
      if (from == null) {
        System.arraycopy(c.plane(row + r, index), c.offset(row + r) + column, edge, to, width);
      } else {
        System.arraycopy(from, first, edge, to, width);
      }
    }
    for (int r = 0; r < ROWS; r++) {
      edgeLeft[r] = aOffsets[r < rows ? row + r : row];
    }
    int j = 0;
    for (; j + 2 * lanes <= pitch; j += 2 * lanes) {
      VectorTiles.rows4x2(a, edgeLeft, 0, aStep, b, at + j, pitch, depth, null, 0, edgeRows, 0, j);
    }
    if (j < pitch) {
      VectorTiles.rows4x1(a, edgeLeft, 0, aStep, b, at + j, pitch, depth, edgeRows, 0, j);
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          edge, r * VectorPanel.STRIP, c.plane(row + r, index), c.offset(row + r) + column, width);
    }
  }
}
