package org.recur4j.backend.ejml.array;

/**
 * Where the rows of a result lie: column j of row r is {@code planes[r][j / segment][offsets[r] + j
 * % segment]}. One plane with {@code segment = columns} is an ordinary matrix; one plane per gate
 * with {@code segment = hiddenSize} lets a product deliver each gate where the pointwise pass wants
 * it, and rows of several steps can be computed at once.
 *
 * <p>Mutable on purpose: a workspace points one instance at step after step without allocating.
 */
public final class FloatRows {
  private final int segment;
  private final int[] offsets;
  private final float[][][] planes;

  /** Rows with the offsets given; {@link #at} or {@link #set} say in which planes. */
  public FloatRows(int segment, int[] offsets) {
    this.segment = segment;
    this.offsets = offsets;
    this.planes = new float[offsets.length][][];
  }

  /** Turns the first {@code count} rows to these planes; their offsets are the owner's business. */
  public FloatRows at(float[][] shared, int count) {
    for (int row = 0; row < count; row++) {
      planes[row] = shared;
    }
    return this;
  }

  /** Turns one row to planes and an offset of its own. */
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

  /** Copies columns [from, from + count) of a row to {@code target[at]} and on. */
  public void load(int row, int from, int count, float[] target, int at) {
    int plane = from / segment;
    int within = from - plane * segment;
    for (int done = 0; done < count; plane++, within = 0) {
      int length = Math.min(segment - within, count - done);
      System.arraycopy(planes[row][plane], offsets[row] + within, target, at + done, length);
      done += length;
    }
  }

  /** Copies {@code source[at]} and on to columns [from, from + count) of a row. */
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
