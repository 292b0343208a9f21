package org.recur4j.models.internal.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.recur4j.api.error.ClosedException;

/** Admits one thread at a time and refuses others instead of blocking them. */
final class ThreadGuard {
  private final AtomicBoolean inside = new AtomicBoolean();
  private final String advice;
  private volatile boolean closed;

  /** Creates a guard with the advice given to a refused thread. */
  ThreadGuard(String advice) {
    this.advice = advice;
  }

  /** Enters the guarded section; must be followed by {@link #leave} in a finally block. */
  void enter() {
    if (closed) {
      throw new ClosedException(
          "session", "a closed session", "an open one", "Open another session of the network");
    }
    if (!inside.compareAndSet(false, true)) {
      throw SessionRules.refuse("a second thread at the same time", "one thread at a time", advice);
    }
  }

  /** Refuses all threads from now on. */
  void close() {
    closed = true;
  }

  void leave() {
    inside.set(false);
  }
}
