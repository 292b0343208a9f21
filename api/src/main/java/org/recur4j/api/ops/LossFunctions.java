package org.recur4j.api.ops;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Softmax and cross-entropy. */
final class LossFunctions {
  static final Function SOFTMAX = new Softmax();

  private LossFunctions() {}

  /** Softmax. Inputs: x, mask or null. */
  private record Softmax() implements KernelFunction {
    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(0);
      call.kernels().softmax(call.input(0), call.input(1), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      if (call.wants(0)) {
        call.kernels().softmaxGradient(call.output(0), call.outputGradient(0), call.overwrite(0));
      }
    }
  }

  /**
   * Softmax cross-entropy. Inputs: logits, labels, weights or null. The second output is the
   * gradient, which forward computes along with the loss.
   */
  record SoftmaxCrossEntropy(double smoothing) implements KernelFunction {
    @Override
    public String name() {
      return "softmaxCrossEntropy";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor logits = call.input(0);
      Tensor loss = call.create(logits.dataType(), Shape.of(logits.extent(0)));
      Tensor gradient = call.like(0);
      call.kernels()
          .softmaxCrossEntropy(logits, call.input(1), call.input(2), smoothing, loss, gradient);
      return new Tensor[] {loss, gradient};
    }

    @Override
    public void backward(Backward call) {
      if (call.wants(0)) {
        Tensor perRow = call.outputGradient(0).reshape(Shape.of(call.input(0).extent(0), 1));
        call.kernels().binary(Binary.MULTIPLY, call.output(1), perRow, call.overwrite(0));
      }
    }
  }
}
