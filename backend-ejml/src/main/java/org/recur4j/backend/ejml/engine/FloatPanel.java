package org.recur4j.backend.ejml.engine;

/**
 * A right operand [rows, columns] in the layout that {@link FloatTile} of the same engine reads
 * fastest. Weights are packed once per version.
 */
public interface FloatPanel {
  /**
   * Fills every element (row, column) with {@code source[offset + row·rowStride +
   * column·columnStride]}.
   */
  void pack(float[] source, int offset, int rowStride, int columnStride);

  /** Returns the size of the packed elements in bytes. */
  long bytes();
}
