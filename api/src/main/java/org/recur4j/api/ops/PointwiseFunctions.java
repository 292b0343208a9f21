package org.recur4j.api.ops;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Elementwise operations and their gradients. */
final class PointwiseFunctions {
  private PointwiseFunctions() {}

  /** y = f(a, b) with broadcasting; gradients are summed to the operands' shapes. */
  record Pair(Binary function) implements KernelFunction {
    @Override
    public String name() {
      return function.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor y = call.create(a.dataType(), Shape.broadcast(a.shape(), b.shape()));
      call.kernels().binary(function, a, b, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      for (int side = 0; side < 2; side++) {
        if (call.wants(side)) {
          Tensor local = local(call, side);
          call.kernels().sumTo(local, 0, call.overwrite(side));
        }
      }
    }

    /** Returns dy · ∂f/∂(operand), in the broadcast shape. */
    private Tensor local(Backward call, int side) {
      Tensor dy = call.outputGradient(0);
      if (function == Binary.ADD || (function == Binary.SUBTRACT && side == 0)) {
        return dy;
      }
      Kernels kernels = call.kernels();
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor result = call.create(dy.dataType(), dy.shape());
      switch (function) {
        case SUBTRACT -> kernels.unary(Unary.NEGATE, dy, result);
        case MULTIPLY -> kernels.binary(Binary.MULTIPLY, dy, side == 0 ? b : a, result);
        case DIVIDE -> {
          kernels.binary(Binary.DIVIDE, dy, b, result);
          if (side == 1) {
            kernels.binary(Binary.MULTIPLY, result, call.output(0), result);
            kernels.unary(Unary.NEGATE, result, result);
          }
        }
        case MAXIMUM, MINIMUM -> {
          boolean larger = function == Binary.MAXIMUM;
          kernels.binary(Binary.GREATER_OR_EQUAL, larger ? a : b, larger ? b : a, result);
          if (side == 1) {
            kernels.affine(-1, 1, result, result);
          }
          kernels.binary(Binary.MULTIPLY, result, dy, result);
        }
        default ->
            throw new InvalidArgumentException(
                "backward of " + name(),
                "a step function",
                "a differentiable one",
                "Do not ask for gradients through a comparison");
      }
      return result;
    }
  }

  /** y = α x + β. */
  record Affine(double alpha, double beta) implements KernelFunction {
    @Override
    public String name() {
      return "affine";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(0);
      call.kernels().affine(alpha, beta, call.input(0), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      call.kernels().affine(alpha, 0, call.outputGradient(0), call.overwrite(0));
    }
  }

  /** y = f(x) for an activation f, whose gradient needs only y. */
  record Activate(Activation function) implements KernelFunction {
    @Override
    public String name() {
      return function.toString();
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(0);
      call.kernels().activation(function, call.input(0), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      call.kernels()
          .activationGradient(function, call.output(0), call.outputGradient(0), call.overwrite(0));
    }
  }

  /** y = f(x) for an elementwise function f. */
  record Single(Unary function) implements KernelFunction {
    @Override
    public String name() {
      return function.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(0);
      call.kernels().unary(function, call.input(0), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      Kernels kernels = call.kernels();
      Tensor x = call.input(0);
      Tensor y = call.output(0);
      Tensor dy = call.outputGradient(0);
      Tensor dx = call.overwrite(0);
      switch (function) {
        case NEGATE -> kernels.unary(Unary.NEGATE, dy, dx);
        case ABSOLUTE -> {
          kernels.unary(Unary.SIGN, x, dx);
          kernels.binary(Binary.MULTIPLY, dx, dy, dx);
        }
        case SIGN -> kernels.fill(0, dx);
        case EXPONENTIAL -> kernels.binary(Binary.MULTIPLY, dy, y, dx);
        case LOGARITHM -> kernels.binary(Binary.DIVIDE, dy, x, dx);
        case SQUARE_ROOT -> {
          kernels.binary(Binary.DIVIDE, dy, y, dx);
          kernels.affine(0.5, 0, dx, dx);
        }
        case SQUARE -> {
          kernels.binary(Binary.MULTIPLY, dy, x, dx);
          kernels.affine(2, 0, dx, dx);
        }
        case RECIPROCAL -> {
          kernels.unary(Unary.SQUARE, y, dx);
          kernels.binary(Binary.MULTIPLY, dx, dy, dx);
          kernels.unary(Unary.NEGATE, dx, dx);
        }
      }
    }
  }
}
