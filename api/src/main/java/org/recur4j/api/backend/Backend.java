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
   * @return the name, version, device, engine, threads and floating types
   */
  BackendInfo info();

  /**
   * Returns the memory that the tensors live in, with its counters and open scopes.
   *
   * @return the pool behind {@link #scope}
   */
  Memory memory();

  /**
   * Opens a scope, the only source of tensors.
   *
   * @param name the purpose of the scope; leak reports show it
   * @return an open scope; the caller closes it
   */
  default Scope scope(String name) {
    return memory().open(name);
  }

  /**
   * Returns the kernels.
   *
   * @return kernels, which write their results to tensors that the caller passes
   */
  Kernels kernels();

  /**
   * Returns the factory of plans for recurrent layers over whole sequences. The default
   * implementation computes them with {@link #kernels}.
   *
   * @return the recurrence
   */
  default Recurrence recurrence() {
    return new PortableRecurrence(kernels(), this);
  }

  /**
   * Returns matrix decompositions for diagnostics.
   *
   * @return the decompositions, or empty if the backend has none, which is the default
   */
  default Optional<Decompositions> decompositions() {
    return Optional.empty();
  }

  /**
   * Waits until all calls made so far have taken effect. Does nothing by default, which is correct
   * where a kernel has finished when it returns.
   */
  default void synchronize() {}

  /**
   * Passes all scopes that are still open to {@link BackendOptions#onLeak} in one call, closes
   * them, frees all memory and ends the threads that the backend started. Closing twice has no
   * effect.
   */
  @Override
  void close();
}
