package org.recur4j.examples.comparison;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.decorate.ForwardingBackend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A backend that is wrong on purpose: its plans never see the gradient of one time step's output.
 */
final class GradientLost extends ForwardingBackend {
  private final int step;
  private final Scope scope;

  GradientLost(Backend delegate, int step) {
    super(delegate);
    this.step = step;
    this.scope = delegate.scope("gradients without a step");
  }

  @Override
  public Kernels kernels() {
    return delegate().kernels();
  }

  @Override
  public Recurrence recurrence() {
    return wrapped(Recurrence.class, delegate().recurrence());
  }

  /** Frees its own tensors; the wrapped backend belongs to someone else. */
  @Override
  public void close() {
    scope.close();
  }

  private <T> T wrapped(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(inner, method, arguments)));
  }

  private Object call(Object inner, Method method, Object... arguments) throws Throwable {
    if (method.getName().equals("backward")) {
      RecurrentOutput gradient = (RecurrentOutput) arguments[1];
      arguments[1] = new RecurrentOutput(without(gradient.y()), gradient.last());
    }
    try {
      Object result = method.invoke(inner, arguments);
      return result instanceof RecurrentPlan plan ? wrapped(RecurrentPlan.class, plan) : result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private Tensor without(Tensor gradient) {
    double[] values = new double[gradient.size()];
    delegate().download(gradient, values, 0);
    int size = gradient.shape().inner(0);
    Arrays.fill(values, step * size, (step + 1) * size, 0);
    Tensor changed = scope.create(gradient.dataType(), gradient.shape());
    delegate().upload(values, 0, changed);
    return changed;
  }
}
