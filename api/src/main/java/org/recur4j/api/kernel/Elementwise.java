package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/** Elementwise kernels. Those said to broadcast follow NumPy's rule towards the destination. */
public interface Elementwise {
  /**
   * y = value. Counts as a write ({@link Tensor#version}).
   *
   * @param value any number; for INT32 an integer
   * @param y any type
   */
  void fill(double value, Tensor y);

  /**
   * y = x, broadcasting x. Counts as a write ({@link Tensor#version}).
   *
   * @param x any type; its shape broadcasts to y's
   * @param y same type
   */
  void copy(Tensor x, Tensor y);

  /**
   * y = αx + βy, without broadcasting. With β = 0 the old contents of y are not read.
   *
   * @param alpha α
   * @param x same shape as y
   * @param beta β
   * @param y the destination
   */
  void scaleAdd(double alpha, Tensor x, double beta, Tensor y);

  /**
   * y = α x + β.
   *
   * @param alpha α
   * @param beta β
   * @param x same shape as y
   * @param y the destination
   */
  void affine(double alpha, double beta, Tensor x, Tensor y);

  /**
   * y = f(x).
   *
   * @param function which
   * @param x same shape as y
   * @param y the destination
   */
  void unary(Unary function, Tensor x, Tensor y);

  /**
   * y = f(a, b), broadcasting both.
   *
   * @param function which
   * @param a broadcasts to y
   * @param b broadcasts to y
   * @param y the destination; may be an operand of the same shape
   */
  void binary(Binary function, Tensor a, Tensor b, Tensor y);

  /**
   * y += a · b, elementwise, without broadcasting.
   *
   * @param a same shape as y
   * @param b same shape as y
   * @param y the destination
   */
  void addProduct(Tensor a, Tensor b, Tensor y);

  /**
   * y = f(x).
   *
   * @param function the activation
   * @param x same shape as y
   * @param y the destination
   */
  void activation(Activation function, Tensor x, Tensor y);

  /**
   * dx = dy · f′, with f′ computed from the output y.
   *
   * @param function the activation that made y
   * @param y its output
   * @param dy gradient with respect to y
   * @param dx the destination; may be dy
   */
  void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx);
}
