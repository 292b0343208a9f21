package org.recur4j.backend.ejml.vector;

import org.recur4j.backend.ejml.engine.FloatPanel;

/**
 * Weights in fewer bits than a float, in strips as {@link VectorPanel} cuts them, the last one
 * filled up to a whole strip. An int of a strip holds the same column of several rows, one after
 * the other, lowest bits first: taking a row out of it costs one operation on whole vectors, where
 * widening bytes costs two and a load for each.
 *
 * <p>One element is {@code factor(column) · (stored(row, column) − center)}.
 */
abstract class VectorCompactPanel implements FloatPanel {
  static final int STRIP = VectorPanel.STRIP;

  final int rows;
  final int columns;

  /** Rows to an int. */
  final int together;

  /** What is stored for 0. */
  final float center;

  /**
   * Chains per element: with 2 the even and the odd rows are summed apart and then added, with 1
   * all of them in order.
   */
  final int chains;

  final int[] values;

  VectorCompactPanel(int rows, int columns, int together, float center, int chains) {
    this.rows = rows;
    this.columns = columns;
    this.together = together;
    this.center = center;
    this.chains = chains;
    int strips = (columns + STRIP - 1) / STRIP;
    this.values = new int[groups() * strips * STRIP];
  }

  /** Ints to a column. */
  final int groups() {
    return (rows + together - 1) / together;
  }

  /** Where the strip that begins at {@code column} lies. */
  final int strip(int column) {
    return groups() * column;
  }

  /** Stores the low bits given at a row and column. */
  final void put(int row, int column, int bits) {
    int width = Integer.SIZE / together;
    int at = strip(column / STRIP * STRIP) + row / together * STRIP + column % STRIP;
    int shift = row % together * width;
    int mask = (1 << width) - 1;
    values[at] = values[at] & ~(mask << shift) | (bits & mask) << shift;
  }

  /** What a column's sums are multiplied by. */
  abstract float factor(int column);

  /** The left operand's element of row k as {@link #multiplyRow} takes it. */
  abstract float scaled(float x, int k);

  /**
   * Writes the stored values of the strip that begins at {@code column} as floats: the rows of the
   * first chain, then those of the second.
   */
  final void expand(int column, float[] strip) {
    for (int k = 0; k < rows; k++) {
      int to = (k % chains * chainRows(0) + k / chains) * STRIP;
      expand(k, strip(column) + k / together * STRIP, strip, to);
    }
  }

  /** Rows of a chain. */
  final int chainRows(int chain) {
    return (rows + chains - 1 - chain) / chains;
  }

  /** One row of a strip, whose ints begin at {@code at}. */
  abstract void expand(int row, int at, float[] strip, int to);

  /**
   * sums[j] = Σ x(k)·stored(k, column + j) for one strip; x holds {@link #scaled} elements and
   * zeros up to a whole int.
   */
  abstract void multiplyRow(float[] x, int column, float[] sums);
}
