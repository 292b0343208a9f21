package org.recur4j.api.decorate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;

/**
 * A backend that counts and times every kernel and plan call of another backend, by name. Times are
 * measured on the calling thread; on an asynchronous device they are the cost of submitting the
 * work. Kernel calls inside a fused plan are not counted; those of the portable plan are.
 */
public final class TracedBackend extends ForwardingBackend {
  private final CallLog log = new CallLog();
  private final Kernels kernels;
  private final Recurrence recurrence;

  /**
   * Wraps a backend.
   *
   * @param delegate the wrapped backend, which is closed with this one
   */
  public TracedBackend(Backend delegate) {
    super(delegate);
    Kernels inner = delegate.kernels();
    this.kernels =
        (Kernels)
            Proxy.newProxyInstance(
                TracedBackend.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> call(inner, method, arguments));
    Recurrence own = delegate.recurrence();
    this.recurrence =
        new TracedRecurrence(
            own instanceof PortableRecurrence ? new PortableRecurrence(kernels, this) : own, log);
  }

  private Object call(Kernels inner, Method method, Object[] arguments) throws Throwable {
    long start = System.nanoTime();
    try {
      Object result = method.invoke(inner, arguments);
      if (method.getDeclaringClass() != Object.class) {
        log.add(method.getName(), start);
      }
      return result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public Recurrence recurrence() {
    return recurrence;
  }

  /**
   * Returns the calls since the start or the last {@link #clear}.
   *
   * @return the counts and times, ready to print
   */
  public CallTally tally() {
    return log.tally();
  }

  /** Clears the counts and times. */
  public void clear() {
    log.clear();
  }

  private record TracedRecurrence(Recurrence inner, CallLog log) implements Recurrence {
    @Override
    public Verdict assess(RecurrentSpec spec) {
      return inner.assess(spec);
    }

    @Override
    public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
      long start = System.nanoTime();
      RecurrentPlan plan = inner.plan(spec, weights, fusion);
      log.add("plan", start);
      return new TracedPlan(plan, log);
    }
  }
}
