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
 * belong to {@link #scope}. Every operation is differentiable where mathematics allows; whether a
 * call is recorded is the implementation's business.
 */
public interface Ops {
  /**
   * Where the mathematics runs.
   *
   * @return the backend
   */
  Backend backend();

  /**
   * Owner of every result.
   *
   * @return the current scope
   */
  Scope scope();

  /**
   * Runs one operation; the way a plan call, or a user's own fused operation, joins in.
   *
   * @param function the operation
   * @param inputs its operands; an optional one may be null
   * @return its outputs
   */
  Tensor[] apply(Function function, Tensor... inputs);

  /**
   * Runs an operation with one output.
   *
   * @param function the operation
   * @param inputs its operands
   * @return its first output
   */
  default Tensor call(Function function, Tensor... inputs) {
    return apply(function, inputs)[0];
  }

  /**
   * Zeros; a constant.
   *
   * @param dataType element type
   * @param extents the shape
   * @return a tensor of zeros
   */
  default Tensor zeros(DataType dataType, int... extents) {
    Tensor zeros = scope().create(dataType, Shape.of(extents));
    backend().kernels().fill(0, zeros);
    return zeros;
  }

  /**
   * x · Wᵀ + b over the last axis, the product every layer is made of.
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
   * A · B.
   *
   * @param a {@code [m, k]}
   * @param b {@code [k, n]}
   * @return {@code [m, n]}
   */
  default Tensor matmul(Tensor a, Tensor b) {
    return call(new ProductFunctions.Product(false, false), a, b);
  }

  /**
   * op(Aₙ) · op(Bₙ) for every n.
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
   * a + b with broadcasting.
   *
   * @param a one operand
   * @param b the other
   * @return the sum
   */
  default Tensor add(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.ADD), a, b);
  }

  /**
   * a − b with broadcasting.
   *
   * @param a one operand
   * @param b the other
   * @return the difference
   */
  default Tensor subtract(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.SUBTRACT), a, b);
  }

  /**
   * a · b, elementwise, with broadcasting.
   *
   * @param a one operand
   * @param b the other
   * @return the product
   */
  default Tensor multiply(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.MULTIPLY), a, b);
  }

  /**
   * a / b, elementwise, with broadcasting.
   *
   * @param a one operand
   * @param b the other
   * @return the quotient
   */
  default Tensor divide(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.DIVIDE), a, b);
  }

  /**
   * The larger of two, elementwise, with broadcasting; the gradient goes to a where they are equal.
   *
   * @param a one operand
   * @param b the other
   * @return the maximum
   */
  default Tensor maximum(Tensor a, Tensor b) {
    return call(new PointwiseFunctions.Pair(Binary.MAXIMUM), a, b);
  }

  /**
   * α x + β.
   *
   * @param alpha α
   * @param x any floating tensor
   * @param beta β
   * @return same shape
   */
  default Tensor affine(double alpha, Tensor x, double beta) {
    return call(new PointwiseFunctions.Affine(alpha, beta), x);
  }

  /**
   * 1 − x, the complement of a gate.
   *
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor oneMinus(Tensor x) {
    return affine(-1, x, 1);
  }

  /**
   * An elementwise function.
   *
   * @param function which
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor unary(Unary function, Tensor x) {
    return call(new PointwiseFunctions.Single(function), x);
  }

  /**
   * An activation.
   *
   * @param function which
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor activate(Activation function, Tensor x) {
    return call(new PointwiseFunctions.Activate(function), x);
  }

  /**
   * tanh x.
   *
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor tanh(Tensor x) {
    return activate(Activation.TANH, x);
  }

  /**
   * The logistic function.
   *
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor sigmoid(Tensor x) {
    return activate(Activation.SIGMOID, x);
  }

  /**
   * max(0, x).
   *
   * @param x any floating tensor
   * @return same shape
   */
  default Tensor relu(Tensor x) {
    return activate(Activation.RELU, x);
  }

  /**
   * The same elements under another shape; a view.
   *
   * @param x any tensor
   * @param extents a shape of the same size
   * @return the view
   */
  default Tensor reshape(Tensor x, int... extents) {
    return call(new ShapeFunctions.Reshape(Shape.of(extents)), x);
  }

  /**
   * x[…, from : to, …].
   *
   * @param x any floating tensor
   * @param axis may be negative
   * @param from first entry
   * @param to one past the last
   * @return a copy
   */
  default Tensor slice(Tensor x, int axis, int from, int to) {
    return call(new ShapeFunctions.Slice(x.shape().axis(axis), from, to), x);
  }

  /**
   * Joins tensors along an axis.
   *
   * @param axis may be negative
   * @param parts at least one; equal shapes but for that axis
   * @return the whole
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
   * Rows of a table by index: an embedding. A negative index gives zeros.
   *
   * @param table {@code [V, E]}
   * @param indices INT32 {@code [N…]}, entries in [−1, V)
   * @return {@code [N…, E]}
   */
  default Tensor gather(Tensor table, Tensor indices) {
    return call(SequenceFunctions.GATHER, table, indices);
  }

  /**
   * inside[b] where time &lt; lengths[b], else past[b].
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
   * The last real step of each row.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @return {@code [B, …]}
   */
  default Tensor last(Tensor lengths, Tensor x) {
    return call(SequenceFunctions.LAST, lengths, x);
  }

  /**
   * Each row's real steps in reverse order, zeros after them.
   *
   * @param lengths INT32 {@code [B]}
   * @param x {@code [T, B, …]}
   * @return {@code [T, B, …]}
   */
  default Tensor reverse(Tensor lengths, Tensor x) {
    return call(SequenceFunctions.REVERSE, lengths, x);
  }

  /**
   * Sum or mean over one axis.
   *
   * @param reduction SUM or MEAN (differentiable), or MAXIMUM (not recorded)
   * @param x any floating tensor
   * @param axis may be negative
   * @return rank one less
   */
  default Tensor reduce(Reduction reduction, Tensor x, int axis) {
    return call(new ReductionFunctions.Reduce(reduction, x.shape().axis(axis)), x);
  }

  /**
   * Sum of all elements.
   *
   * @param x any floating tensor
   * @return {@code [1]}
   */
  default Tensor sum(Tensor x) {
    return reduce(Reduction.SUM, reshape(x, 1, x.size()), 1);
  }

  /**
   * Mean of all elements.
   *
   * @param x any floating tensor
   * @return {@code [1]}
   */
  default Tensor mean(Tensor x) {
    return reduce(Reduction.MEAN, reshape(x, 1, x.size()), 1);
  }

  /**
   * Softmax over the last axis.
   *
   * @param x {@code [N…, C]}
   * @param mask 0 where an entry does not count, broadcasts to x; or null
   * @return {@code [N…, C]}
   */
  default Tensor softmax(Tensor x, Tensor mask) {
    return call(LossFunctions.SOFTMAX, x, mask);
  }

  /**
   * Cross-entropy of softmax(logits) per row; see {@link
   * org.recur4j.api.kernel.Losses#softmaxCrossEntropy}.
   *
   * @param logits {@code [N, C]}
   * @param labels INT32 {@code [N]}, −1 where a row does not count
   * @param weights {@code [N]}, or null for all 1
   * @param smoothing in [0, 1)
   * @return losses {@code [N]}
   */
  default Tensor softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing) {
    return call(new LossFunctions.SoftmaxCrossEntropy(smoothing), logits, labels, weights);
  }
}
