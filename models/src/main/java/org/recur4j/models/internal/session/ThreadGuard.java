package org.recur4j.models.internal.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.recur4j.api.error.ClosedException;

/** Lets one thread in at a time; a second one is refused, because it would have to wait. */
final class ThreadGuard {
  private final AtomicBoolean inside = new AtomicBoolean();
  private final String advice;
  private volatile boolean closed;

  /** What who is refused should do instead. */
  ThreadGuard(String advice) {
    this.advice = advice;
  }

  /** Followed by a block whose end, whatever happens, calls {@link #leave}. */
  void enter() {
    if (closed) {
      throw new ClosedException(
          "session", "a closed session", "an open one", "Open another session of the network");
    }
    if (!inside.compareAndSet(false, true)) {
      throw SessionRules.refuse("a second thread at the same time", "one thread at a time", advice);
    }
  }

  /** Refuses everyone from now on. */
  void close() {
    closed = true;
  }

  void leave() {
    inside.set(false);
  }
}
