package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatRows;

/**
 * A panel for intermediate results, which can be reshaped and filled repeatedly; always in full
 * precision.
 */
public interface ScratchPanel extends FloatPanel {
  /** The largest number of columns; with {@link #DEPTH} rows they take 256 KiB. */
  int WIDTH = 256;

  /** The largest number of rows, which is also the number that a product reads in one pass. */
  int DEPTH = 256;

  /** Changes the shape to one that is not larger; the contents are lost. */
  void reshape(int rows, int columns);

  /** Fills one row with the columns {@code from, from + 1, …} of a row of {@code source}. */
  void setRow(int row, FloatRows source, int sourceRow, int from);
}
