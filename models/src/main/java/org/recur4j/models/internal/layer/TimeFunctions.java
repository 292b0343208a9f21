package org.recur4j.models.internal.layer;

import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.ops.Function;
import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Functions over the time axis that respect lengths: padding is not read, and its gradient is 0.
 */
public final class TimeFunctions {
  public static final Function MASK_PAST = new MaskPast();
  static final Function MEAN = new Mean();
  static final Function MAXIMUM = new Maximum();

  private TimeFunctions() {}

  /** Sets steps past the lengths to zero. Inputs: lengths, x. */
  private record MaskPast() implements KernelFunction {
    @Override
    public String name() {
      return "mask past the lengths";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(1);
      call.kernels().maskPast(call.input(0), call.input(1), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      call.kernels().maskPast(call.input(0), call.outputGradient(0), call.overwrite(1));
    }
  }

  /**
   * Computes the mean over each row's steps. Inputs: lengths, x, 1/max(1, length) as {@code [B,
   * 1]}.
   */
  private record Mean() implements KernelFunction {
    @Override
    public String name() {
      return "mean over time";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(1);
      Tensor real = call.like(1);
      call.kernels().maskPast(call.input(0), x, real);
      Tensor y = call.create(x.dataType(), x.shape().without(0));
      call.kernels().reduce(Reduction.SUM, real, 0, y);
      call.kernels().binary(Binary.MULTIPLY, y, call.input(2), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      Tensor dy = call.outputGradient(0);
      Tensor share = call.create(dy.dataType(), dy.shape());
      call.kernels().binary(Binary.MULTIPLY, dy, call.input(2), share);
      Tensor dx = call.overwrite(1);
      call.kernels().copy(share.reshape(dx.shape().with(0, 1)), dx);
      call.kernels().maskPast(call.input(0), dx, dx);
    }
  }

  /**
   * Computes the maximum over each row's steps. Inputs: lengths, x, {@code [T, B, 1]} with 0 within
   * and −∞ past the lengths. The second output is x with −∞ past the lengths.
   */
  private record Maximum() implements KernelFunction {
    @Override
    public String name() {
      return "maximum over time";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Kernels kernels = call.kernels();
      Tensor x = call.input(1);
      Tensor lowered = call.like(1);
      kernels.maskPast(call.input(0), x, lowered);
      kernels.binary(Binary.ADD, lowered, call.input(2), lowered);
      Tensor y = call.create(x.dataType(), x.shape().without(0));
      kernels.reduce(Reduction.MAXIMUM, lowered, 0, y);
      kernels.select(call.input(0), 0, y, null, y);
      return new Tensor[] {y, lowered};
    }

    /** Computes dx = dy · [x is a maximum] / (number of maxima). */
    @Override
    public void backward(Backward call) {
      Kernels kernels = call.kernels();
      Tensor dy = call.outputGradient(0);
      Tensor dx = call.overwrite(1);
      Shape row = dx.shape().with(0, 1);
      kernels.binary(Binary.GREATER_OR_EQUAL, call.output(1), call.output(0).reshape(row), dx);
      Tensor share = call.create(dy.dataType(), dy.shape());
      kernels.reduce(Reduction.SUM, dx, 0, share);
      Tensor one = call.create(dy.dataType(), Shape.of(1));
      kernels.fill(1, one);
      kernels.binary(Binary.MAXIMUM, share, one, share);
      kernels.binary(Binary.DIVIDE, dy, share, share);
      kernels.binary(Binary.MULTIPLY, dx, share.reshape(row), dx);
    }
  }
}
