package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatRows;

/**
 * The inner product routine, with the scratch of one thread: C = start + A·B for a packed B. Every
 * element of C is the sum over k in ascending order, one at a time, in any tile. Its bits therefore
 * depend neither on the other rows of the call nor on the division of rows and columns among
 * threads.
 */
public interface FloatTile {
  /** The initial value of a product. */
  enum Start {
    /** Zero; overwrites C. */
    ZERO,
    /** The bias, for every row; overwrites C. */
    BIAS,
    /** The contents of C, which the product is added to. */
    TARGET
  }

  /**
   * Multiplies {@code count} rows. Row r of A starts at {@code aOffsets[r]} with step {@code
   * aStep}; it is multiplied by rows {@code [bRow, bRow + depth)} of the panel.
   */
  void multiply(
      float[] a,
      int[] aOffsets,
      int aStep,
      FloatPanel b,
      int bRow,
      int depth,
      Start start,
      float[] bias,
      FloatRows c,
      int count);

  /**
   * Reverses the direction in which panels are read. A caller that multiplies single rows by the
   * same panel repeatedly reverses it each time, so that a panel somewhat larger than the cache is
   * read first where the last call left it.
   */
  default void reverseOrder() {}
}
