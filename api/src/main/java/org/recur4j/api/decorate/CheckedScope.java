package org.recur4j.api.decorate;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A scope that fills new tensors with NaN (or the smallest integer) to reveal reads of undefined
 * contents.
 */
record CheckedScope(Scope inner, Kernels kernels) implements Scope {
  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public Tensor create(DataType dataType, Shape shape) {
    Tensor tensor = inner.create(dataType, shape);
    kernels.fill(dataType.isFloating() ? Double.NaN : Integer.MIN_VALUE, tensor);
    return tensor;
  }

  @Override
  public Scope child(String name) {
    return new CheckedScope(inner.child(name), kernels);
  }

  @Override
  public Tensor keep(Tensor tensor) {
    return inner.keep(tensor);
  }

  @Override
  public void reset() {
    inner.reset();
  }

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public long bytes() {
    return inner.bytes();
  }
}
