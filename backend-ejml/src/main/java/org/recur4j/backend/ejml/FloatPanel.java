package org.recur4j.backend.ejml;

/**
 * A right operand [rows, columns] in the layout that its engine's {@link FloatTile} reads fastest.
 * Weights are packed once per version; a scratch panel is shaped and filled again and again.
 */
interface FloatPanel {
  /** Columns that scratch panels hold at most; with {@link #DEPTH} rows they take 256 KiB. */
  int WIDTH = 256;

  /** Rows that scratch panels hold at most, and those that a product reads in one pass. */
  int DEPTH = 256;

  /** Makes this a panel of another, not larger, shape; what it held is lost. */
  void reshape(int rows, int columns);

  /**
   * Fills every element (row, column) with {@code source[offset + row·rowStride +
   * column·columnStride]}.
   */
  void pack(float[] source, int offset, int rowStride, int columnStride);

  /** Fills one row with the columns {@code from, from + 1, …} of a row of {@code source}. */
  void setRow(int row, FloatRows source, int sourceRow, int from);

  /** Bytes of the packed elements. */
  long bytes();
}
