package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatRows;

/**
 * The inner product routine, with the scratch of one thread: C = start + A·B for a packed B. Every
 * element of C is the sum over k in ascending order, one step at a time, whatever tile it falls
 * into: so its bits depend neither on the other rows of the call nor on how rows and columns are
 * shared out to threads.
 */
public interface FloatTile {
  /** What a product starts from. */
  enum Start {
    /** Overwrites C. */
    ZERO,
    /** Overwrites C, every row starting from the bias. */
    BIAS,
    /** Adds to C. */
    TARGET
  }

  /**
   * Multiplies {@code count} rows. Row r of A starts at {@code aOffsets[r]} and steps by {@code
   * aStep}; it meets rows {@code [bRow, bRow + depth)} of the panel.
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
   * Turns the direction in which panels are walked through. A caller that multiplies single rows by
   * the same panel again and again turns it each time: then a panel somewhat larger than the cache
   * is met where the last walk left it.
   */
  default void turn() {}
}
