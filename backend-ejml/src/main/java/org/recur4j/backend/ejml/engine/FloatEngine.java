package org.recur4j.backend.ejml.engine;

import org.recur4j.api.recurrent.Precision;

/**
 * Float arithmetic: the parts of which products and plans are made. There are two engines, {@link
 * PlainEngine} and, where the module {@code jdk.incubator.vector} is present, a vector engine.
 * Within one engine an element of a product has the same bits whatever the tile, the block or the
 * thread it falls to; between engines the last bits differ, because the vector engine's
 * multiply-add rounds once and the plain one's twice.
 */
public interface FloatEngine {
  /** Returns the engine for a message, such as "jdk.incubator.vector, 512 bits, tile 4 × 4". */
  String description();

  /** Returns whether this is the engine on {@code jdk.incubator.vector}. */
  boolean usesVectors();

  /** Why there is no panel of that precision, for a person; null if there is. */
  String obstacle(Precision precision);

  /** A right operand [rows, columns] of a precision that has no {@link #obstacle}. */
  FloatPanel panel(int rows, int columns, Precision precision);

  /** A right operand of at most that size for intermediate results. */
  ScratchPanel scratch(int rows, int columns);

  /** The product routine for panels of a precision, with the scratch of one thread. */
  FloatTile tile(Precision precision);

  /** The pointwise passes of the fused cells, for one thread at a time. */
  CellLoops loops();

  /**
   * One element of a product, as the tiles compute it: start + Σ (α·a)·b over k elements, in
   * ascending order, one step at a time.
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

  /** Products with fewer columns than this are computed on their side if they have more rows. */
  int narrow();
}
