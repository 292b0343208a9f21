package org.recur4j.api.backend;

/** How a backend is found: the one public class of its module, listed as a service. */
public interface BackendProvider {
  /**
   * The version of this service interface; a provider returns the constant it was compiled with.
   */
  int SPI_VERSION = 1;

  /**
   * The name users choose it by.
   *
   * @return lower case, e.g. {@code "ejml"}
   */
  String name();

  /**
   * The version of the interface this provider was compiled against.
   *
   * @return {@link #SPI_VERSION} at its compile time
   */
  int spiVersion();

  /**
   * Whether it could be opened here. Never throws, takes less than 50 ms, loads no native code but
   * a driver library.
   *
   * @return available with a score, or why not
   */
  Availability probe();

  /**
   * Opens it. Settings that it does not know are refused before anything else, see {@link
   * BackendOptions#requireSettings}.
   *
   * @param options threads, device, settings, leak listener
   * @return the backend
   * @throws org.recur4j.api.error.InvalidArgumentException if a setting is unknown here
   * @throws org.recur4j.api.error.BackendException with reason and remedy if it cannot
   */
  Backend open(BackendOptions options);
}
