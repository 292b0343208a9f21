package org.recur4j.api.ops;

import org.recur4j.api.kernel.Indexing;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Embedding lookup, and the operations that depend on lengths. */
final class SequenceFunctions {
  static final Function GATHER = new Gather();
  static final Function LAST = new Last();
  static final Function REVERSE = new Reverse();

  private SequenceFunctions() {}

  private record Gather() implements KernelFunction {
    @Override
    public String name() {
      return "gather";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor table = call.input(0);
      int[] extents =
          java.util.Arrays.copyOf(
              call.input(1).shape().toArray(), call.input(1).shape().rank() + 1);
      extents[extents.length - 1] = table.extent(1);
      Tensor y = call.create(table.dataType(), Shape.of(extents));
      call.kernels().gather(table, 0, call.input(1), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      if (call.wants(0)) {
        call.kernels().scatterAdd(call.outputGradient(0), 0, call.input(1), call.accumulate(0));
      }
    }
  }

  /** Inputs: lengths, inside, past or null. */
  record Select(int time) implements KernelFunction {
    @Override
    public String name() {
      return "select";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(1);
      call.kernels().select(call.input(0), time, call.input(1), call.input(2), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      Tensor dy = call.outputGradient(0);
      if (call.wants(1)) {
        call.kernels().select(call.input(0), time, dy, null, call.overwrite(1));
      }
      if (call.input(2) != null && call.wants(2)) {
        Tensor dPast = call.overwrite(2);
        call.kernels().fill(0, dPast);
        call.kernels().select(call.input(0), time, dPast, dy, dPast);
      }
    }
  }

  /** Inputs: lengths, x. */
  private record Last() implements KernelFunction {
    @Override
    public String name() {
      return "last";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor x = call.input(1);
      Tensor y = call.create(x.dataType(), x.shape().without(0));
      call.kernels().last(call.input(0), x, y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      if (call.wants(1)) {
        call.kernels().addToLast(call.outputGradient(0), call.input(0), call.accumulate(1));
      }
    }
  }

  /** Inputs: lengths, x. {@link Indexing#reverse} is its own gradient. */
  private record Reverse() implements KernelFunction {
    @Override
    public String name() {
      return "reverse";
    }

    @Override
    public Tensor[] forward(Forward call) {
      Tensor y = call.like(1);
      call.kernels().reverse(call.input(0), call.input(1), y);
      return new Tensor[] {y};
    }

    @Override
    public void backward(Backward call) {
      if (call.wants(1)) {
        call.kernels().reverse(call.input(0), call.outputGradient(0), call.overwrite(1));
      }
    }
  }
}
