package org.recur4j.backend.ejml.array;

/**
 * The locations of the rows of a result: column j of row r is {@code planes[r][j /
 * segment][offsets[r] + j % segment]}. One plane with {@code segment = columns} is an ordinary
 * matrix; one plane per gate with {@code segment = hiddenSize} lets a product write each gate where
 * the pointwise pass reads it, and rows of several steps can be computed at once.
 *
 * <p>Mutable, so that a workspace can move one instance from step to step without allocating.
 */
public final class FloatRows {
  private final int segment;
  private final int[] offsets;
  private final float[][][] planes;

  /** Creates rows with the given offsets, whose planes {@link #at} or {@link #set} set. */
  public FloatRows(int segment, int[] offsets) {
    this.segment = segment;
    this.offsets = offsets;
    this.planes = new float[offsets.length][][];
  }

  /** Sets the planes of the first {@code count} rows; the caller owns the offsets. */
  public FloatRows at(float[][] shared, int count) {
    for (int row = 0; row < count; row++) {
      planes[row] = shared;
    }
    return this;
  }

  /** Sets the planes and the offset of one row. */
  public void set(int row, float[][] own, int offset) {
    planes[row] = own;
    offsets[row] = offset;
  }

  public int segment() {
    return segment;
  }

  public float[] plane(int row, int index) {
    return planes[row][index];
  }

  public int offset(int row) {
    return offsets[row];
  }

  /**
   * Copies columns [from, from + count) of a row to {@code target}, beginning at index {@code at}.
   */
  public void load(int row, int from, int count, float[] target, int at) {
    int plane = from / segment;
    int within = from - plane * segment;
    for (int done = 0; done < count; plane++, within = 0) {
      int length = Math.min(segment - within, count - done);
      System.arraycopy(planes[row][plane], offsets[row] + within, target, at + done, length);
      done += length;
    }
  }

  /**
   * Copies elements of {@code source}, beginning at index {@code at}, to columns [from, from +
   * count) of a row.
   */
  public void store(int row, int from, int count, float[] source, int at) {
    int plane = from / segment;
    int within = from - plane * segment;
    for (int done = 0; done < count; plane++, within = 0) {
      int length = Math.min(segment - within, count - done);
      System.arraycopy(source, at + done, planes[row][plane], offsets[row] + within, length);
      done += length;
    }
  }
}
