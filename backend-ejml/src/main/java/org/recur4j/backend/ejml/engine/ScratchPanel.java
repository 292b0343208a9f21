package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatRows;

/** A panel that is shaped and filled again and again, always in full precision. */
public interface ScratchPanel extends FloatPanel {
  /** Columns at most; with {@link #DEPTH} rows they take 256 KiB. */
  int WIDTH = 256;

  /** Rows at most, and those that a product reads in one pass. */
  int DEPTH = 256;

  /** Makes this a panel of another, not larger, shape; what it held is lost. */
  void reshape(int rows, int columns);

  /** Fills one row with the columns {@code from, from + 1, …} of a row of {@code source}. */
  void setRow(int row, FloatRows source, int sourceRow, int from);
}
