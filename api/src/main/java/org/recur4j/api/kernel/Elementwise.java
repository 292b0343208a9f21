package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Elementwise kernels. Operands have the destination's shape, except those documented to broadcast
 * to it by NumPy's rule: shapes are aligned at the last axis, and an axis that is missing or of
 * extent 1 repeats. All but {@link #fill} and {@link #copy} accept floating tensors only.
 */
public interface Elementwise {
  /**
   * Sets every element: y = value. Counts as a write ({@link Tensor#version}).
   *
   * @param value any number, rounded to the data type of y; an integer if y is INT32
   * @param y the destination, of any type including INT32
   */
  void fill(double value, Tensor y);

  /**
   * Copies: y = x, broadcasting x. Counts as a write ({@link Tensor#version}).
   *
   * @param x of any type including INT32; its shape broadcasts to y's
   * @param y the destination, of x's type
   */
  void copy(Tensor x, Tensor y);

  /**
   * Computes y = α x + β y. With β = 0 the old contents of y are not read.
   *
   * @param alpha α
   * @param x same shape as y
   * @param beta β
   * @param y the destination
   */
  void scaleAdd(double alpha, Tensor x, double beta, Tensor y);

  /**
   * Computes y = α x + β. The old contents of y are not read.
   *
   * @param alpha the factor α
   * @param beta the summand β
   * @param x same shape as y
   * @param y the destination
   */
  void affine(double alpha, double beta, Tensor x, Tensor y);

  /**
   * Computes y = f(x).
   *
   * @param function f
   * @param x same shape as y
   * @param y the destination
   */
  void unary(Unary function, Tensor x, Tensor y);

  /**
   * Computes y = f(a, b), broadcasting both.
   *
   * @param function f
   * @param a a shape that broadcasts to y's
   * @param b a shape that broadcasts to y's
   * @param y the destination; may be an operand of the same shape
   */
  void binary(Binary function, Tensor a, Tensor b, Tensor y);

  /**
   * Adds a product of elements: y += a · b.
   *
   * @param a same shape as y
   * @param b same shape as y
   * @param y the destination, added to
   */
  void addProduct(Tensor a, Tensor b, Tensor y);

  /**
   * Computes y = f(x) for an activation function; {@link Activation#apply} is its definition.
   *
   * @param function f
   * @param x same shape as y
   * @param y the destination
   */
  void activation(Activation function, Tensor x, Tensor y);

  /**
   * Computes dx = dy · f′, where f′ follows from the output y = f(x); see {@link
   * Activation#derivativeFromOutput}.
   *
   * @param function f
   * @param y the output of f, not its input
   * @param dy the gradient with respect to y
   * @param dx the destination; may be dy
   */
  void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx);
}
