package org.recur4j.models.training.loss;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The sum scale · Σₙ wₙ · crossEntropy(logits[n], labels[n]) as a single node: the kernel computes
 * losses and gradients in one pass, so the backward pass is one multiplication. Inputs: logits
 * {@code [N…, C]}, labels INT32 {@code [N]}, weights {@code [N]} or null. Outputs: the sum {@code
 * [1]}, and the gradients {@code [N, C]} for the backward pass.
 *
 * @param smoothing ε of label smoothing
 * @param scale 1 / Σ wₙ for a mean
 */
record MeanCrossEntropy(double smoothing, double scale) implements KernelFunction {
  @Override
  public String name() {
    return "softmaxCrossEntropy";
  }

  @Override
  public Tensor[] forward(Forward call) {
    Kernels kernels = call.kernels();
    Tensor logits = rows(call.input(0));
    int rows = logits.extent(0);
    Tensor losses = call.create(logits.dataType(), Shape.of(rows));
    Tensor gradient = call.create(logits.dataType(), logits.shape());
    Tensor mean = call.create(logits.dataType(), Shape.of(1));
    kernels.softmaxCrossEntropy(logits, call.input(1), call.input(2), smoothing, losses, gradient);
    kernels.reduce(Reduction.SUM, losses.reshape(Shape.of(1, rows)), 1, mean);
    kernels.affine(scale, 0, mean, mean);
    return new Tensor[] {mean, gradient};
  }

  @Override
  public void backward(Backward call) {
    if (call.wants(0)) {
      Tensor factor = call.create(call.output(0).dataType(), Shape.of(1, 1));
      Tensor one = factor.reshape(Shape.of(1));
      call.kernels().affine(scale, 0, call.outputGradient(0), one);
      Tensor dLogits = rows(call.overwrite(0));
      call.kernels().binary(Binary.MULTIPLY, call.output(1), factor, dLogits);
    }
  }

  private static Tensor rows(Tensor logits) {
    int classes = logits.extent(-1);
    return logits.reshape(Shape.of(logits.size() / classes, classes));
  }
}
