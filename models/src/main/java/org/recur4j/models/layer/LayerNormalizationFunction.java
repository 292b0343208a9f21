package org.recur4j.models.layer;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Layer normalization: y = g · x̂ + b with x̂ = (x − μ) / √(σ² + ε) over the last axis (Ba, Kiros,
 * Hinton 2016, equation 4). Inputs: x, g, b. The second and third outputs are x̂ and 1/√(σ² + ε).
 *
 * @param epsilon ε
 */
public record LayerNormalizationFunction(double epsilon) implements KernelFunction {
  @Override
  public String name() {
    return "layer normalization";
  }

  @Override
  public Tensor[] forward(Forward call) {
    Kernels kernels = call.kernels();
    Tensor x = call.input(0);
    int axis = x.shape().rank() - 1;
    Shape one = x.shape().with(axis, 1);
    Tensor y = call.like(0);
    Tensor normal = call.like(0);
    Tensor scale = call.create(x.dataType(), one);
    kernels.reduce(Reduction.MEAN, x, axis, scale);
    kernels.binary(Binary.SUBTRACT, x, scale, normal);
    kernels.unary(Unary.SQUARE, normal, y);
    kernels.reduce(Reduction.MEAN, y, axis, scale);
    kernels.affine(1, epsilon, scale, scale);
    kernels.unary(Unary.SQUARE_ROOT, scale, scale);
    kernels.unary(Unary.RECIPROCAL, scale, scale);
    kernels.binary(Binary.MULTIPLY, normal, scale, normal);
    kernels.binary(Binary.MULTIPLY, normal, call.input(1), y);
    kernels.binary(Binary.ADD, y, call.input(2), y);
    return new Tensor[] {y, normal, scale};
  }

  /** Computes, with e = dy · g, dx = (e − mean e − x̂ · mean(e · x̂)) / √(σ² + ε). */
  @Override
  public void backward(Backward call) {
    Kernels kernels = call.kernels();
    Tensor dy = call.outputGradient(0);
    Tensor normal = call.output(1);
    Tensor product = call.create(dy.dataType(), dy.shape());
    if (call.wants(1)) {
      kernels.binary(Binary.MULTIPLY, dy, normal, product);
      kernels.sumTo(product, 1, call.accumulate(1));
    }
    if (call.wants(2)) {
      kernels.sumTo(dy, 1, call.accumulate(2));
    }
    if (call.wants(0)) {
      int axis = dy.shape().rank() - 1;
      Tensor mean = call.create(dy.dataType(), dy.shape().with(axis, 1));
      Tensor dx = call.overwrite(0);
      kernels.binary(Binary.MULTIPLY, dy, call.input(1), dx);
      kernels.binary(Binary.MULTIPLY, dx, normal, product);
      kernels.reduce(Reduction.MEAN, dx, axis, mean);
      kernels.binary(Binary.SUBTRACT, dx, mean, dx);
      kernels.reduce(Reduction.MEAN, product, axis, mean);
      kernels.binary(Binary.MULTIPLY, normal, mean, product);
      kernels.binary(Binary.SUBTRACT, dx, product, dx);
      kernels.binary(Binary.MULTIPLY, dx, call.output(2), dx);
    }
  }
}
