package org.recur4j.backend.ejml.vector;

import org.recur4j.backend.ejml.engine.FloatPanel;

/**
 * Weights of fewer bits than a float, in strips as in {@link VectorPanel}; the last strip is
 * padded. An int of a strip holds the same column of several consecutive rows, lowest bits first.
 * Extracting a row costs one operation on whole vectors, while widening bytes costs two and a load
 * for each.
 *
 * <p>One element is {@code factor(column) · (stored(row, column) − center)}.
 */
abstract class VectorCompactPanel implements FloatPanel {
  static final int STRIP = VectorPanel.STRIP;

  final int rows;
  final int columns;

  /** The number of rows in an int. */
  final int together;

  /** The stored value of 0. */
  final float center;

  /**
   * The number of chains per element: with 2, the even and the odd rows are summed separately and
   * then added; with 1, all rows are summed in order.
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

  /** Returns the number of ints in a column. */
  final int groups() {
    return (rows + together - 1) / together;
  }

  /** Returns the start of the strip that begins at {@code column}. */
  final int strip(int column) {
    return groups() * column;
  }

  /** Stores the low bits of {@code bits} at a row and column. */
  final void put(int row, int column, int bits) {
    int width = Integer.SIZE / together;
    int at = strip(column / STRIP * STRIP) + row / together * STRIP + column % STRIP;
    int shift = row % together * width;
    int mask = (1 << width) - 1;
    values[at] = values[at] & ~(mask << shift) | (bits & mask) << shift;
  }

  /** Returns the factor of a column's sums. */
  abstract float factor(int column);

  /** Returns the left operand's element of row k in the form that {@link #multiplyRow} expects. */
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

  /** Returns the number of rows in a chain. */
  final int chainRows(int chain) {
    return (rows + chains - 1 - chain) / chains;
  }

  /** Writes one row of a strip, whose ints begin at {@code at}. */
  abstract void expand(int row, int at, float[] strip, int to);

  /**
   * Computes sums[j] = Σ x(k)·stored(k, column + j) for one strip; x holds {@link #scaled}
   * elements, padded with zeros to a whole int.
   */
  abstract void multiplyRow(float[] x, int column, float[] sums);
}
