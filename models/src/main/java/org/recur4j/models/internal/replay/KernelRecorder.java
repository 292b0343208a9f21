package org.recur4j.models.internal.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.ops.Function;
import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * Operations that run and are recorded at the level of kernels. {@link #finish} returns them as one
 * computation that reads and writes the same tensors. The scope must stay open while that
 * computation is in use.
 *
 * <p>Computations outside these operations cannot be recorded, so downloads are refused; an upload
 * runs once and is treated as a constant. A function that is not a {@link KernelFunction} is called
 * as a whole each time, because it may do more than call kernels.
 */
public final class KernelRecorder implements Ops {
  private final Backend original;
  private final Backend backend;
  private final Kernels kernels;
  private final Scope scope;
  private final List<Runnable> calls = new ArrayList<>();

  /**
   * Creates a recorder.
   *
   * @param backend backend to compute with
   * @param scope owner of the results
   */
  public KernelRecorder(Backend backend, Scope scope) {
    this.original = backend;
    this.scope = scope;
    this.kernels = proxy(Kernels.class, this::kernel);
    this.backend = proxy(Backend.class, this::ofBackend);
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Tensor[] apply(Function function, Tensor... inputs) {
    if (function instanceof ReplayableFunction replayable) {
      FunctionCall call = new FunctionCall(function, original.kernels(), scope, inputs);
      Tensor[] outputs = call.first();
      calls.add(replayable.replay(call, outputs));
      return outputs;
    }
    if (function instanceof KernelFunction) {
      return new FunctionCall(function, kernels, scope, inputs).first();
    }
    FunctionCall call = new FunctionCall(function, original.kernels(), scope, inputs);
    Tensor[] outputs = call.first();
    calls.add(call);
    return outputs.clone();
  }

  /**
   * Returns the recorded computation.
   *
   * @return runs all operations in order, without allocating
   */
  public Runnable finish() {
    Runnable[] all = calls.toArray(new Runnable[0]);
    return () -> {
      for (Runnable call : all) {
        call.run();
      }
    };
  }

  private Object kernel(Method method, Object[] operands) throws Throwable {
    if (method.getDeclaringClass() != Object.class) {
      calls.add(new KernelCall(original.kernels(), method, operands));
    }
    return method.invoke(original.kernels(), operands);
  }

  private Object ofBackend(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("kernels")) {
      return kernels;
    }
    if (method.getName().equals("download")) {
      throw new InvalidArgumentException(
          "session",
          "a cell or layer that downloads values",
          "one that only uses operations, which can be recorded",
          "Implement the cell with ops, or use predict instead of a session");
    }
    return method.invoke(original, arguments);
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return handler.handle(method, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }
}
