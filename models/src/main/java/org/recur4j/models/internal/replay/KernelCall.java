package org.recur4j.models.internal.replay;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.kernel.Kernels;

/** A call of a kernel with all its operands that can be repeated without allocation. */
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
      throw new RecurException("A kernel threw an undeclared checked exception.", e);
    }
  }
}
