package org.recur4j.api.backend;

/**
 * The entry point of a backend: the one public class of its module, found by {@link
 * java.util.ServiceLoader}. It is listed in {@code
 * META-INF/services/org.recur4j.api.backend.BackendProvider} or in a {@code provides} clause, and
 * has a public constructor without parameters.
 */
public interface BackendProvider {
  /** The version of this service interface. A provider returns the value it was compiled with. */
  int SPI_VERSION = 1;

  /**
   * Returns the name that users choose the backend by.
   *
   * @return lower-case letters, digits and dashes, beginning with a letter, such as {@code "ejml"}
   */
  String name();

  /**
   * Returns the version of the interface that this provider was compiled against.
   *
   * @return the value of {@link #SPI_VERSION} at compile time
   */
  int spiVersion();

  /**
   * Returns whether the backend can be opened here. Never throws, takes less than 50 ms, and loads
   * no native code but a driver library.
   *
   * @return available with a score, or unavailable with the reason and a remedy
   */
  Availability probe();

  /**
   * Opens the backend. Unknown settings are rejected before anything else, see {@link
   * BackendOptions#requireSettings}.
   *
   * @param options threads, device, settings, leak listener
   * @return the open backend; the caller closes it
   * @throws org.recur4j.api.error.InvalidArgumentException if the backend does not know a setting
   * @throws org.recur4j.api.error.BackendException if the backend cannot be opened, with the reason
   *     and a remedy
   */
  Backend open(BackendOptions options);
}
