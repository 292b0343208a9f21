package org.recur4j.backend.ejml.engine;

/**
 * A right operand [rows, columns] in the layout that its engine's {@link FloatTile} reads fastest.
 * Weights are packed once per version.
 */
public interface FloatPanel {
  /**
   * Fills every element (row, column) with {@code source[offset + row·rowStride +
   * column·columnStride]}.
   */
  void pack(float[] source, int offset, int rowStride, int columnStride);

  /** Bytes of the packed elements. */
  long bytes();
}
