package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Reductions of floating tensors. Partial sums are combined in an order that depends only on the
 * shapes.
 */
public interface Reductions {
  /**
   * Reduces a tensor over one axis.
   *
   * @param reduction sum, mean or maximum; the maximum is NaN if any value is
   * @param x {@code [outer…, n, inner…]}
   * @param axis the reduced axis
   * @param y {@code [outer…, inner…]} or any shape of that size; shares no elements with x
   */
  void reduce(Reduction reduction, Tensor x, int axis, Tensor y);

  /**
   * Computes the index of the largest value along the last axis; of equal values, the first. NaN
   * counts as the largest.
   *
   * @param x {@code [outer…, n]}, floating
   * @param y INT32 {@code [outer…]}, values in [0, n)
   */
  void argMax(Tensor x, Tensor y);

  /**
   * Sums over the axes along which y's shape broadcasts to x's, which is the gradient of
   * broadcasting: y = β y + Σ x.
   *
   * @param x the gradient of the broadcast tensor
   * @param beta β; if 0, the old contents of y are not read
   * @param y a shape that broadcasts to x's; shares no elements with x
   */
  void sumTo(Tensor x, double beta, Tensor y);

  /**
   * Adds the sum of squares: total += Σ x². Sums in double precision if the device supports it.
   *
   * @param x of any shape
   * @param total one element of x's type, added to
   */
  void addSquaredSum(Tensor x, Tensor total);

  /**
   * Adds the count of non-finite elements: total += the number of NaN and infinite elements of x.
   *
   * @param x of any shape
   * @param total one element of x's type, added to
   */
  void addNonFiniteCount(Tensor x, Tensor total);
}
