package org.recur4j.examples.bench;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;

/**
 * A backend with a number of threads.
 *
 * @param backend open
 * @param threads as asked for
 */
record Contender(Backend backend, int threads) implements AutoCloseable {
  static Contender open(String backend, int threads) {
    return new Contender(
        Backends.open(backend, BackendOptions.defaults().withThreads(threads)), threads);
  }

  String name() {
    return backend.info().name();
  }

  /** Floors are the processor's; they say nothing about another device. */
  boolean runsOnProcessor() {
    return backend.info().device().startsWith("CPU");
  }

  @Override
  public String toString() {
    return name() + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public void close() {
    backend.close();
  }
}
