package org.recur4j.api.ops;

import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Operations that rearrange elements. */
final class ShapeFunctions {
  static final Function TRANSPOSE = new Transpose();

  private ShapeFunctions() {}

  /** A view with another shape. */
  record Reshape(Shape shape) implements KernelFunction {
    @Override
    public String name() {
      return "reshape";
    }

    @Override
    public Tensor[] forward(Forward call) {
      return new Tensor[] {call.input(0).reshape(shape)};
    }

    @Override
    public void backward(Backward call) {
      Tensor dx = call.overwrite(0);
      call.kernels().copy(call.outputGradient(0).reshape(dx.shape()), dx);
    }
  }

  /** x[…, from : to, …]. */
  record Slice(int axis, int from, int to) implements KernelFunction {
    @Override
    public String name() {
      return "slice";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(0);
      Tensor y = call.create(x.dataType(), x.shape().with(axis, to - from));
      call.kernels().slice(x, axis, from, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      call.kernels().insert(call.outputGradient(0), 1, axis, from, call.accumulate(0));
    }
  }

  /** The parts joined along an axis. */
  record Concatenate(int axis) implements KernelFunction {
    @Override
    public String name() {
      return "concatenate";
    }

    @Override
    public Tensor[] forward(Forward call) {
      int total = 0;
      for (int i = 0; i < call.inputs(); i++) {
        total += call.input(i).extent(axis);
      }
      Tensor first = call.input(0);
      Tensor whole = call.create(first.dataType(), first.shape().with(axis, total));
      int from = 0;
      for (int i = 0; i < call.inputs(); i++) {
        call.kernels().insert(call.input(i), 0, axis, from, whole);
        from += call.input(i).extent(axis);
      }
      return new Tensor[] {whole};
    }

    @Override
    public void backward(Backward call) {
      int from = 0;
      for (int i = 0; i < call.inputs(); i++) {
        if (call.wants(i)) {
          call.kernels().slice(call.outputGradient(0), axis, from, call.overwrite(i));
        }
        from += call.input(i).extent(axis);
      }
    }
  }

  private record Transpose() implements KernelFunction {
    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(0);
      Shape swapped = x.shape().with(0, x.extent(1)).with(1, x.extent(0));
      Tensor y = call.create(x.dataType(), swapped);
      call.kernels().transpose(x, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      call.kernels().transpose(call.outputGradient(0), call.overwrite(0));
    }
  }
}
