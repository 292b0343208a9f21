package org.recur4j.models.internal.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Function;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A call of a function with its inputs that can be repeated. The first run creates tensors; later
 * runs reuse them in the same order.
 */
final class FunctionCall implements Function.Forward, Runnable {
  private final Function function;
  private final Kernels kernels;
  private final Scope scope;
  private final Tensor[] operands;
  private final List<Tensor> created = new ArrayList<>();
  private Tensor[] outputs;
  private int next;

  FunctionCall(Function function, Kernels kernels, Scope scope, Tensor[] operands) {
    this.function = function;
    this.kernels = kernels;
    this.scope = scope;
    this.operands = operands.clone();
  }

  Tensor[] first() {
    outputs = function.forward(this);
    return outputs;
  }

  @Override
  public void run() {
    next = 0;
    Tensor[] again = function.forward(this);
    for (int i = 0; i < outputs.length; i++) {
      if (!isSame(outputs[i], again[i])) {
        throw refuse(Arrays.toString(again), Arrays.toString(outputs));
      }
    }
  }

  private static boolean isSame(Tensor a, Tensor b) {
    return (a == null || b == null)
        ? a == b
        : a.sharesStorageWith(b) && a.offset() == b.offset() && a.shape().equals(b.shape());
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
    if (outputs == null) {
      created.add(scope.create(dataType, shape));
    }
    if (next == created.size()
        || created.get(next).dataType() != dataType
        || !created.get(next).shape().equals(shape)) {
      throw refuse(dataType + " " + shape + " as tensor " + next, created.toString());
    }
    return created.get(next++);
  }

  private RecurException refuse(String got, String expected) {
    return new RecurException(
        RecurException.message(
            "function '" + function.name() + "' in a session",
            got,
            "the tensors of its first step: " + expected,
            "Make the function's shapes depend only on the shapes of its inputs"));
  }
}
