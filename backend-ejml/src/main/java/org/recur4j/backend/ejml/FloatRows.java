package org.recur4j.backend.ejml;

/**
 * Where the rows of a result lie: column j of row r is {@code planes[j / segment][offsets[r] + j %
 * segment]}. One plane with {@code segment = columns} is an ordinary matrix; one plane per gate
 * with {@code segment = hiddenSize} lets a product deliver each gate where the pointwise pass wants
 * it.
 *
 * <p>Mutable on purpose: a workspace points one instance at step after step without allocating.
 */
final class FloatRows {
  private final int segment;
  private final int[] offsets;
  private float[][] planes;

  /** The planes are read anew at each call, so the owner may exchange the array's elements. */
  FloatRows(float[][] planes, int segment, int[] offsets) {
    this.planes = planes;
    this.segment = segment;
    this.offsets = offsets;
  }

  /** The rows of one step with the offsets given at construction. */
  FloatRows(int segment, int[] offsets) {
    this(new float[0][], segment, offsets);
  }

  /** Turns to other planes, those of another step. */
  FloatRows at(float[][] stepPlanes) {
    planes = stepPlanes;
    return this;
  }

  void load(int row, int from, int to, float[] scratch) {
    int base = offsets[row];
    int plane = from / segment;
    int within = from - plane * segment;
    for (int j = from; j < to; ) {
      int length = Math.min(segment - within, to - j);
      System.arraycopy(planes[plane], base + within, scratch, j - from, length);
      j += length;
      plane++;
      within = 0;
    }
  }

  void store(int row, int from, int to, float[] scratch) {
    int base = offsets[row];
    int plane = from / segment;
    int within = from - plane * segment;
    for (int j = from; j < to; ) {
      int length = Math.min(segment - within, to - j);
      System.arraycopy(scratch, j - from, planes[plane], base + within, length);
      j += length;
      plane++;
      within = 0;
    }
  }
}
