package org.recur4j.models.training.loss;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.tensor.Tensor;

/**
 * The elementwise binary cross-entropy −y·ln σ(x) − (1 − y)·ln(1 − σ(x)), computed as (max(x, 0) −
 * x·y) + ln(1 + e^−|x|), which neither overflows nor cancels for logits of any size; dx = σ(x) − y.
 * Inputs: logits x, and targets y in [0, 1] of the same shape, which receive no gradient.
 */
record LogisticLoss() implements KernelFunction {
  @Override
  public String name() {
    return "binary cross-entropy";
  }

  @Override
  public Tensor[] forward(Forward call) {
    Kernels kernels = call.kernels();
    Tensor x = call.input(0);
    Tensor loss = call.like(0);
    Tensor part = call.like(0);
    kernels.activation(Activation.RELU, x, loss);
    kernels.binary(Binary.MULTIPLY, x, call.input(1), part);
    kernels.scaleAdd(-1, part, 1, loss);
    kernels.unary(Unary.ABSOLUTE, x, part);
    kernels.unary(Unary.NEGATE, part, part);
    kernels.activation(Activation.SOFTPLUS, part, part);
    kernels.scaleAdd(1, part, 1, loss);
    return new Tensor[] {loss};
  }

  @Override
  public void backward(Backward call) {
    if (call.wants(0)) {
      Tensor dx = call.overwrite(0);
      call.kernels().activation(Activation.SIGMOID, call.input(0), dx);
      call.kernels().scaleAdd(-1, call.input(1), 1, dx);
      call.kernels().binary(Binary.MULTIPLY, dx, call.outputGradient(0), dx);
    }
  }
}
