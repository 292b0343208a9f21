package org.recur4j.backend.ejml.vector;

import jdk.incubator.vector.FloatVector;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.ScratchPanel;

/**
 * A right operand for {@link VectorTile}, divided into strips with the width of four vectors. Each
 * strip holds its rows one after the other, so that a tile reads memory in one direction.
 *
 * <pre>
 *   200 columns, vectors of 16:   strip 0      strip 1      strip 2      rest
 *                                 64 columns   64           64           8 and 8 zeros
 * </pre>
 *
 * <p>The rest has as many vectors as it needs; the last one is padded with zeros.
 */
final class VectorPanel implements ScratchPanel {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** The number of columns of a whole strip. */
  static final int STRIP = 4 * LANES;

  private final float[] values;
  private int rows;
  private int columns;

  VectorPanel(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.values = new float[rows * padded(columns)];
  }

  private static int padded(int width) {
    return (width + LANES - 1) / LANES * LANES;
  }

  @Override
  public void reshape(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
  }

  int columns() {
    return columns;
  }

  float[] values() {
    return values;
  }

  /** Returns the start of the strip that begins at {@code column}. */
  int strip(int column) {
    return rows * column;
  }

  /** Returns the number of floats between two rows of the strip that begins at {@code column}. */
  int pitch(int column) {
    return Math.min(STRIP, padded(columns - column));
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }

  @Override
  public void setRow(int row, FloatRows source, int sourceRow, int from) {
    for (int column = 0; column < columns; column += STRIP) {
      int width = Math.min(STRIP, columns - column);
      int pitch = pitch(column);
      int to = strip(column) + row * pitch;
      source.load(sourceRow, from + column, width, values, to);
      clear(to, width, pitch);
    }
  }

  @Override
  public void pack(float[] source, int offset, int rowStride, int columnStride) {
    for (int column = 0; column < columns; column += STRIP) {
      int width = Math.min(STRIP, columns - column);
      int pitch = pitch(column);
      int to = strip(column);
      int first = offset + column * columnStride;
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

  /**
   * Transposes eight columns of the strip at a time, reading eight streams and writing one line.
   */
  private void transpose(
      float[] source, int first, int rowStride, int columnStride, int to, int width, int pitch) {
    int column = 0;
    for (; column + 8 <= width && rowStride == 1; column += 8) {
      int from = first + column * columnStride;
      transpose8(source, from, columnStride, values, to + column, pitch, rows);
    }
    for (; column < width; column++) {
      transpose1(source, first + column * columnStride, rowStride, to + column, pitch);
    }
  }

  private static void transpose8(
      float[] source, int from, int stride, float[] target, int to, int pitch, int count) {
    int p1 = from + stride;
    int p2 = p1 + stride;
    int p3 = p2 + stride;
    int p4 = p3 + stride;
    int p5 = p4 + stride;
    int p6 = p5 + stride;
    int p7 = p6 + stride;
    for (int row = 0; row < count; row++) {
      int at = to + row * pitch;
      target[at] = source[from + row];
      target[at + 1] = source[p1 + row];
      target[at + 2] = source[p2 + row];
      target[at + 3] = source[p3 + row];
      target[at + 4] = source[p4 + row];
      target[at + 5] = source[p5 + row];
      target[at + 6] = source[p6 + row];
      target[at + 7] = source[p7 + row];
    }
  }

  private void transpose1(float[] source, int from, int rowStride, int to, int pitch) {
    for (int row = 0; row < rows; row++) {
      values[to + row * pitch] = source[from + row * rowStride];
    }
  }

  private void clear(int at, int width, int pitch) {
    for (int j = width; j < pitch; j++) {
      values[at + j] = 0f;
    }
  }
}
