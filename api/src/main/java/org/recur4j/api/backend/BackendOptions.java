package org.recur4j.api.backend;

import java.util.List;
import java.util.function.Consumer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.ScopeReport;

/**
 * How to open a backend. Immutable.
 *
 * @param threads worker threads including the caller, at least 1; 0 means one per processor
 * @param device index of the device, for backends with several
 * @param onLeak told about scopes still open when the backend closes
 */
public record BackendOptions(int threads, int device, Consumer<List<ScopeReport>> onLeak) {
  /** Checks the numbers. */
  public BackendOptions {
    if (threads < 0 || device < 0) {
      throw new InvalidArgumentException(
          "BackendOptions",
          "threads " + threads + ", device " + device,
          "numbers of at least 0",
          "Use threads 0 for one per processor");
    }
  }

  /**
   * One thread per processor, device 0, leaks logged as warnings.
   *
   * @return the defaults
   */
  public static BackendOptions defaults() {
    return new BackendOptions(0, 0, BackendOptions::warn);
  }

  /**
   * These options with another number of threads.
   *
   * @param value at least 1, or 0 for one per processor
   * @return changed options
   */
  public BackendOptions withThreads(int value) {
    return new BackendOptions(value, device, onLeak);
  }

  /**
   * These options with another listener for leaks.
   *
   * @param value told when a backend closes with scopes open
   * @return changed options
   */
  public BackendOptions withOnLeak(Consumer<List<ScopeReport>> value) {
    return new BackendOptions(threads, device, value);
  }

  /**
   * The number of threads with 0 resolved.
   *
   * @return at least 1
   */
  public int resolvedThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  private static void warn(List<ScopeReport> leaks) {
    System.getLogger("org.recur4j")
        .log(System.Logger.Level.WARNING, () -> "backend closed with open scopes: " + leaks);
  }
}
