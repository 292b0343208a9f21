package org.recur4j.models.internal.replay;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Kernels;

/** One kernel with all its operands, as often as wanted: neither boxes nor arrays are made. */
final class KernelCall implements Runnable {
  private final MethodHandle handle;

  KernelCall(Kernels kernels, Method method, Object[] operands) throws IllegalAccessException {
    this.handle =
        MethodHandles.insertArguments(
            MethodHandles.publicLookup().unreflect(method).bindTo(kernels), 0, operands);
  }

  @Override
  public void run() {
    try {
      handle.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new RecurException("A kernel threw a checked exception, which none declares.", e);
    }
  }
}
