package org.recur4j.api.backend;

import java.util.Optional;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Scope;

/**
 * An open backend. Thread-safe, but for its scopes, each of which belongs to one thread at a time.
 */
public interface Backend extends Transfers, AutoCloseable {
  /**
   * What this is.
   *
   * @return name, device, engine
   */
  BackendInfo info();

  /**
   * Its tensor memory: counters and open scopes.
   *
   * @return the pool behind {@link #scope}
   */
  Memory memory();

  /**
   * Opens a scope, the only source of tensors.
   *
   * @param name what it is for; leak reports show it
   * @return the scope
   */
  default Scope scope(String name) {
    return memory().open(name);
  }

  /**
   * The primitives.
   *
   * @return destination-passing kernels
   */
  Kernels kernels();

  /**
   * Whole sequences: the portable plan over {@link #kernels} unless overridden.
   *
   * @return the recurrence
   */
  default Recurrence recurrence() {
    return new PortableRecurrence(kernels(), this);
  }

  /**
   * Decompositions for diagnostics, where the backend has them.
   *
   * @return empty unless overridden
   */
  default Optional<Decompositions> decompositions() {
    return Optional.empty();
  }

  /** Waits until everything handed over so far is done; nothing to do on a CPU. */
  default void synchronize() {}

  /** Reports scopes that are still open to the options' listener, then frees everything. */
  @Override
  void close();
}
