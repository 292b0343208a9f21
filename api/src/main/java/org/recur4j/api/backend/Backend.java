package org.recur4j.api.backend;

import java.util.Optional;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Scope;

/**
 * An open backend: memory for tensors, kernels that compute on them, and recurrent plans.
 * Thread-safe, except that each of its scopes is used by one thread at a time.
 */
public interface Backend extends Transfers, AutoCloseable {
  /**
   * Returns a description of the backend.
   *
   * @return name, version, device, engine, threads and floating types
   */
  BackendInfo info();

  /**
   * Returns the memory of the tensors, with its counters and open scopes.
   *
   * @return the pool behind {@link #scope}
   */
  Memory memory();

  /**
   * Opens a scope, the only source of tensors.
   *
   * @param name what the scope is for; leak reports show it
   * @return an open scope; the caller closes it
   */
  default Scope scope(String name) {
    return memory().open(name);
  }

  /**
   * Returns the kernels.
   *
   * @return kernels that write to the tensors they are given
   */
  Kernels kernels();

  /**
   * Returns what plans recurrent layers over whole sequences. Unless overridden, it plans them over
   * {@link #kernels}.
   *
   * @return the recurrence
   */
  default Recurrence recurrence() {
    return new PortableRecurrence(kernels(), this);
  }

  /**
   * Returns matrix decompositions for diagnostics.
   *
   * @return the decompositions, or empty if the backend has none, as it is unless overridden
   */
  default Optional<Decompositions> decompositions() {
    return Optional.empty();
  }

  /**
   * Waits until all calls made so far have taken effect. Does nothing unless overridden, which is
   * right where a kernel has finished when it returns.
   */
  default void synchronize() {}

  /**
   * Reports the scopes that are still open to {@link BackendOptions#onLeak}, once and all together,
   * closes them, frees all memory and ends the threads that the backend started. Closing twice is
   * harmless.
   */
  @Override
  void close();
}
