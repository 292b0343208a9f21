package org.recur4j.api.ops;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Operations that run without recording, for inference.
 *
 * @param backend the backend that computes the results
 * @param scope the owner of the results
 */
public record EagerOps(Backend backend, Scope scope) implements Ops {
  @Override
  public Tensor[] apply(Function function, Tensor... inputs) {
    return function.forward(new Call(backend.kernels(), scope, inputs));
  }

  private static final class Call implements Function.Forward {
    private final Kernels kernels;
    private final Scope scope;
    private final Tensor[] operands;

    Call(Kernels kernels, Scope scope, Tensor[] operands) {
      this.kernels = kernels;
      this.scope = scope;
      this.operands = operands;
    }

    @Override
    public Kernels kernels() {
      return kernels;
    }

    @Override
    public Tensor input(int index) {
      return operands[index];
    }

    @Override
    public int inputs() {
      return operands.length;
    }

    @Override
    public Tensor create(DataType dataType, Shape shape) {
      return scope.create(dataType, shape);
    }
  }
}
