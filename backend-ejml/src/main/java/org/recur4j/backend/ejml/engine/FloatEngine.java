package org.recur4j.backend.ejml.engine;

import org.recur4j.api.recurrent.Precision;

/**
 * Float arithmetic, from which products and plans are built. There are two engines, {@link
 * PlainEngine} and, if the module {@code jdk.incubator.vector} is present, a vector engine. Within
 * one engine, an element of a product has the same bits in any tile, block or thread; between
 * engines the last bits differ, because a multiply-add of the vector engine rounds once and that of
 * the plain engine twice.
 */
public interface FloatEngine {
  /** Returns a description of the engine, such as "jdk.incubator.vector, 512 bits, tile 4 × 4". */
  String description();

  /** Returns whether this is the engine on {@code jdk.incubator.vector}. */
  boolean usesVectors();

  /** Returns the reason why there is no panel of a precision; null if there is one. */
  String obstacle(Precision precision);

  /** Creates a right operand [rows, columns] of a precision that has no {@link #obstacle}. */
  FloatPanel panel(int rows, int columns, Precision precision);

  /** Creates a right operand of at most that size, for intermediate results. */
  ScratchPanel scratch(int rows, int columns);

  /** Creates the product routine for panels of a precision, with the scratch of one thread. */
  FloatTile tile(Precision precision);

  /** Creates the pointwise passes of the fused cells, for use by one thread at a time. */
  CellLoops loops();

  /**
   * Computes one element of a product with the bits that tiles give: start + Σ (α·a)·b over k
   * elements, in ascending order, one at a time.
   */
  float element(
      float start,
      float alpha,
      float[] a,
      int aFrom,
      int aStep,
      float[] b,
      int bFrom,
      int bStep,
      int k);

  /** Returns the number of columns below which a product with more rows is computed transposed. */
  int narrow();
}
