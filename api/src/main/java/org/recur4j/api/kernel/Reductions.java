package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/** Folds. Partial sums are combined in an order that depends on shapes only. */
public interface Reductions {
  /**
   * Folds one axis.
   *
   * @param reduction how
   * @param x {@code [outer…, n, inner…]}
   * @param axis the axis that disappears
   * @param y {@code [outer…, inner…]}; any shape of that size
   */
  void reduce(Reduction reduction, Tensor x, int axis, Tensor y);

  /**
   * Index of the largest value along the last axis; the first one among equals; NaN counts as the
   * largest.
   *
   * @param x {@code [outer…, n]}
   * @param y INT32, {@code [outer…]}
   */
  void argMax(Tensor x, Tensor y);

  /**
   * The gradient of broadcasting: y = β y + x summed over the axes along which y's shape was
   * broadcast to x's.
   *
   * @param x the broadcast gradient
   * @param beta β; with 0 the old contents are not read
   * @param y a shape that broadcasts to x's
   */
  void sumTo(Tensor x, double beta, Tensor y);

  /**
   * total += Σ x². Sums in double precision where the device can.
   *
   * @param x any floating tensor
   * @param total one element, added to
   */
  void addSquaredSum(Tensor x, Tensor total);

  /**
   * total += the number of NaN and infinite elements of x.
   *
   * @param x any floating tensor
   * @param total one element of a floating type, added to
   */
  void addNonFiniteCount(Tensor x, Tensor total);
}
