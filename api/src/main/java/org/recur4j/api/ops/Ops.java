package org.recur4j.api.ops;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Tensor mathematics as expressions: {@code h = ops.tanh(ops.add(ops.linear(x, W, b), …))}. Results
 * belong to {@link #scope}. Every operation is differentiable where its function is; the
 * implementation decides whether a call is recorded.
 */
public interface Ops {
  /**
   * Returns the backend that computes the results.
   *
   * @return the backend
   */
  Backend backend();

  /**
   * Returns the owner of every result.
   *
   * @return the current scope
   */
  Scope scope();

  /**
   * Runs an operation. A recurrent plan or a user's own fused operation joins the gradient tape
   * through this method.
   *
   * @param function the operation
   * @param inputs the operands; an optional one may be null
   * @return the outputs
   */
  Tensor[] apply(Function function, Tensor... inputs);

  /**
   * Runs an operation with one output.
   *
   * @param function the operation
   * @param inputs the operands
   * @return the first output
   */
  default Tensor call(Function function, Tensor... inputs) {
    return apply(function, inputs)[0];
  }

  /**
   * Returns a constant tensor of zeros.
   *
   * @param dataType the element type
   * @param extents the shape
   * @return a tensor of zeros
   */
  default Tensor zeros(DataType dataType, int... extents) {
    Tensor zeros = scope().create(dataType, Shape.of(extents));
    backend().kernels().fill(0, zeros);
    return zeros;
  }

  /**
   * Returns x · Wᵀ + b over the last axis.
   *
   * @param x {@code [N…, I]}
   * @param weight W, {@code [O, I]}
   * @param bias {@code [O]}, or null
   * @return {@code [N…, O]}
   */
  default Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    if (weight.shape().rank() != 2 || x.extent(-1) != weight.extent(1)) {
      throw new ShapeException(
          "linear",
          "x " + x.shape() + ", weight " + weight.shape(),
          "x [N…, I] and weight [O, I]",
          "Give the weight as many columns as x has features");
    }
    return call(ProductFunctions.LINEAR, x, weight, bias);
  }

  /**
   * Returns the matrix product A · B.
   *
   * @param a {@code [m, k]}
   * @param b {@code [k, n]}
   * @return {@code [m, n]}
   */
  default Tensor matmul(Tensor a, Tensor b) {
    return call(new ProductFunctions.Product(false, false), a, b);
  }

  /**
   * Returns the batched matrix product op(Aₙ) · op(Bₙ) for every n.
   *
   * @param transposeA whether each A is transposed
   * @param a {@code [N, m, k]}
   * @param transposeB whether each B is transposed
   * @param b {@code [N, k, n]}
   * @return {@code [N, m, n]}
   */
  default Tensor batchedMatmul(boolean transposeA, Tensor a, boolean transposeB, Tensor b) {
    return call(new ProductFunctions.BatchedProduct(transposeA, transposeB), a, b);
  }

  /**
   * Returns a + b, with broadcasting.
   *
   * @param a the first operand
   * @param b the second operand
   * @return the sum
   */
  default Tensor add(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.ADD), a, b);
  }

  /**
   * Returns a − b, with broadcasting.
   *
   * @param a the first operand
   * @param b the second operand
   * @return the difference
   */
  default Tensor subtract(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.SUBTRACT), a, b);
  }

  /**
   * Returns the elementwise product a · b, with broadcasting.
   *
   * @param a the first operand
   * @param b the second operand
   * @return the product
   */
  default Tensor multiply(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.MULTIPLY), a, b);
  }

  /**
   * Returns the elementwise quotient a / b, with broadcasting.
   *
   * @param a the first operand
   * @param b the second operand
   * @return the quotient
   */
  default Tensor divide(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.DIVIDE), a, b);
  }

  /**
   * Returns the elementwise maximum, with broadcasting; the gradient goes to a where they are
   * equal.
   *
   * @param a the first operand
   * @param b the second operand
   * @return the maximum
   */
  default Tensor maximum(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.MAXIMUM), a, b);
  }

  /**
   * Returns α x + β.
   *
   * @param alpha the factor α
   * @param x any floating tensor
   * @param beta the summand β
   * @return a tensor of the same shape
   */
  default Tensor affine(double alpha, Tensor x, double beta) {
    return call(new PointwiseFunctions.Affine(alpha, beta), x);
  }

  /**
   * Returns 1 − x, the complement of a gate.
   *
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor oneMinus(Tensor x) {
    return affine(-1, x, 1);
  }

  /**
   * Applies an elementwise function.
   *
   * @param function the function
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor unary(Unary function, Tensor x) {
    return call(new PointwiseFunctions.Single(function), x);
  }

  /**
   * Applies an activation.
   *
   * @param function the activation
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor activate(Activation function, Tensor x) {
    return call(new PointwiseFunctions.Activate(function), x);
  }

  /**
   * Returns tanh x.
   *
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor tanh(Tensor x) {
    return activate(Activation.TANH, x);
  }

  /**
   * Returns the logistic function of x.
   *
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor sigmoid(Tensor x) {
    return activate(Activation.SIGMOID, x);
  }

  /**
   * Returns max(0, x).
   *
   * @param x any floating tensor
   * @return a tensor of the same shape
   */
  default Tensor relu(Tensor x) {
    return activate(Activation.RELU, x);
  }

  /**
   * Returns a view of the same elements with another shape.
   *
   * @param x any tensor
   * @param extents a shape with the same number of elements
   * @return the view
   */
  default Tensor reshape(Tensor x, int... extents) {
    return call(new ShapeFunctions.Reshape(Shape.of(extents)), x);
  }

  /**
   * Returns x[…, from : to, …].
   *
   * @param x any floating tensor
   * @param axis the axis; may be negative
   * @param from the first index
   * @param to one past the last index
   * @return a copy
   */
  default Tensor slice(Tensor x, int axis, int from, int to) {
    return call(new ShapeFunctions.Slice(x.shape().axis(axis), from, to), x);
  }

  /**
   * Concatenates tensors along an axis.
   *
   * @param axis the axis; may be negative
   * @param parts at least one tensor; shapes are equal except along the axis
   * @return the concatenation
   */
  default Tensor concatenate(int axis, Tensor... parts) {
    return call(new ShapeFunctions.Concatenate(parts[0].shape().axis(axis)), parts);
  }

  /**
   * Swaps the two outermost axes.
   *
   * @param x {@code [A, B, …]}
   * @return {@code [B, A, …]}
   */
  default Tensor transpose(Tensor x) {
    return call(ShapeFunctions.TRANSPOSE, x);
  }

  /**
   * Returns rows of a table by index, as an embedding does. A negative index gives zeros.
   *
   * @param table {@code [V, E]}
   * @param indices INT32 {@code [N…]}, entries in [−1, V)
   * @return {@code [N…, E]}
   */
  default Tensor gather(Tensor table, Tensor indices) {
    return call(SequenceFunctions.GATHER, table, indices);
  }

  /**
   * Returns inside[b] where time &lt; lengths[b], else past[b].
   *
   * @param lengths INT32 {@code [B]}
   * @param time 0 … T − 1
   * @param inside {@code [B, …]}
   * @param past {@code [B, …]}, or null for zeros
   * @return {@code [B, …]}
   */
  default Tensor select(Tensor lengths, int time, Tensor inside, Tensor past) {
    return call(new SequenceFunctions.Select(time), lengths, inside, past);
  }

  /**
   * Returns the last valid step of each row.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @return {@code [B, …]}
   */
  default Tensor last(Tensor lengths, Tensor x) {
    return call(SequenceFunctions.LAST, lengths, x);
  }

  /**
   * Returns each row's valid steps in reverse order, followed by zeros.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @return {@code [T, B, …]}
   */
  default Tensor reverse(Tensor lengths, Tensor x) {
    return call(SequenceFunctions.REVERSE, lengths, x);
  }

  /**
   * Returns the sum or mean over one axis.
   *
   * @param reduction SUM or MEAN (differentiable), or MAXIMUM (not recorded)
   * @param x any floating tensor
   * @param axis the axis; may be negative
   * @return a tensor of rank one less
   */
  default Tensor reduce(Reduction reduction, Tensor x, int axis) {
    return call(new ReductionFunctions.Reduce(reduction, x.shape().axis(axis)), x);
  }

  /**
   * Returns the sum of all elements.
   *
   * @param x any floating tensor
   * @return {@code [1]}
   */
  default Tensor sum(Tensor x) {
    return reduce(Reduction.SUM, reshape(x, 1, x.size()), 1);
  }

  /**
   * Returns the mean of all elements.
   *
   * @param x any floating tensor
   * @return {@code [1]}
   */
  default Tensor mean(Tensor x) {
    return reduce(Reduction.MEAN, reshape(x, 1, x.size()), 1);
  }

  /**
   * Returns the softmax over the last axis.
   *
   * @param x {@code [N…, C]}
   * @param mask 0 where an entry is excluded, broadcasts to x; or null
   * @return {@code [N…, C]}
   */
  default Tensor softmax(Tensor x, Tensor mask) {
    return call(LossFunctions.SOFTMAX, x, mask);
  }

  /**
   * Returns the cross-entropy of softmax(logits) for each row; see {@link
   * org.recur4j.api.kernel.Losses#softmaxCrossEntropy}.
   *
   * @param logits {@code [N, C]}
   * @param labels INT32 {@code [N]}, −1 for a row to ignore
   * @param weights {@code [N]}, or null for all 1
   * @param smoothing the label smoothing, in [0, 1)
   * @return losses {@code [N]}
   */
  default Tensor softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing) {
    return call(new LossFunctions.SoftmaxCrossEntropy(smoothing), logits, labels, weights);
  }
}
