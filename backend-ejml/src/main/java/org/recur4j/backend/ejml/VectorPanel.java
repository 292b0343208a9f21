package org.recur4j.backend.ejml;

import jdk.incubator.vector.FloatVector;

/**
 * A right operand for {@link VectorTile}: each segment is cut into strips of four vectors' width,
 * and a strip holds its rows one after the other, so that a tile walks through memory in one
 * direction.
 *
 * <pre>
 *   segment of 200 columns, vectors of 16:   strip 0      strip 1      strip 2      rest
 *                                            64 columns   64           64           8 and 8 zeros
 * </pre>
 *
 * <p>The rest is as many vectors wide as it needs, the last one filled up with zeros.
 */
final class VectorPanel implements FloatPanel {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Columns of a whole strip. */
  static final int STRIP = 4 * LANES;

  private int rows;
  private int columns;
  private int segment;
  private final float[] values;

  VectorPanel(int rows, int columns, int segment) {
    this.rows = rows;
    this.columns = columns;
    this.segment = Math.min(segment, columns);
    this.values = new float[rows * segments() * padded(this.segment)];
  }

  private static int padded(int width) {
    return (width + LANES - 1) / LANES * LANES;
  }

  @Override
  public void reshape(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    segment = newColumns;
  }

  int segments() {
    return segment == 0 ? 0 : columns / segment;
  }

  /** Columns of each segment. */
  int segment() {
    return segment;
  }

  float[] values() {
    return values;
  }

  /** Where the strip of a segment that begins at {@code column} lies. */
  int strip(int segmentIndex, int column) {
    return rows * (segmentIndex * padded(segment) + column);
  }

  /** Floats from one row to the next within the strip that begins at {@code column}. */
  int pitch(int column) {
    return Math.min(STRIP, padded(segment - column));
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }

  @Override
  public void setRow(int row, FloatRows source, int sourceRow, int from) {
    for (int index = 0; index < segments(); index++) {
      for (int column = 0; column < segment; column += STRIP) {
        int width = Math.min(STRIP, segment - column);
        int pitch = pitch(column);
        int to = strip(index, column) + row * pitch;
        source.load(sourceRow, from + index * segment + column, width, values, to);
        clear(to, width, pitch);
      }
    }
  }

  @Override
  public void pack(float[] source, int offset, int rowStride, int columnStride) {
    for (int index = 0; index < segments(); index++) {
      for (int column = 0; column < segment; column += STRIP) {
        int width = Math.min(STRIP, segment - column);
        int pitch = pitch(column);
        int to = strip(index, column);
        int first = offset + (index * segment + column) * columnStride;
        if (columnStride == 1) {
          for (int row = 0; row < rows; row++) {
            System.arraycopy(source, first + row * rowStride, values, to + row * pitch, width);
          }
        } else {
          transpose(source, first, rowStride, columnStride, to, width, pitch);
        }
        for (int row = 0; row < rows && width < pitch; row++) {
          clear(to + row * pitch, width, pitch);
        }
      }
    }
  }

  /** Sixteen rows at a time: then the lines of the source and of the strip stay in the cache. */
  private void transpose(
      float[] source, int first, int rowStride, int columnStride, int to, int width, int pitch) {
    for (int row = 0; row < rows; row += 16) {
      int end = Math.min(rows, row + 16);
      for (int column = 0; column < width; column++) {
        int from = first + row * rowStride + column * columnStride;
        for (int r = row, at = to + row * pitch + column; r < end; r++, at += pitch) {
          values[at] = source[from];
          from += rowStride;
        }
      }
    }
  }

  private void clear(int at, int width, int pitch) {
    for (int j = width; j < pitch; j++) {
      values[at + j] = 0f;
    }
  }
}
