package org.recur4j.api.ops;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.tensor.Tensor;

/** Reductions over an axis and their gradients. */
final class ReductionFunctions {
  private ReductionFunctions() {}

  /** Sum, mean or maximum over one axis. */
  record Reduce(Reduction reduction, int axis) implements KernelFunction {
    @Override
    public String name() {
      return "reduce " + reduction;
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(0);
      Tensor y = call.create(x.dataType(), x.shape().without(axis));
      call.kernels().reduce(reduction, x, axis, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      if (reduction == Reduction.MAXIMUM) {
        throw new InvalidArgumentException(
            "backward of " + name(),
            "a maximum",
            "a sum or a mean",
            "Do not ask for gradients through this maximum");
      }
      Tensor dx = call.overwrite(0);
      Tensor dy = call.outputGradient(0);
      call.kernels().copy(dy.reshape(dx.shape().with(axis, 1)), dx);
      if (reduction == Reduction.MEAN) {
        call.kernels().affine(1.0 / dx.extent(axis), 0, dx, dx);
      }
    }
  }
}
