package org.recur4j.api.backend;

import java.util.List;

/**
 * The name and provider class of a backend of this project, for messages about a provider that
 * cannot be loaded.
 *
 * @param name the name users choose it by
 * @param provider the name of its provider class
 */
record KnownBackend(String name, String provider) {
  /** The backend that runs everywhere. */
  static final KnownBackend EJML =
      new KnownBackend("ejml", "org.recur4j.backend.ejml.EjmlProvider");

  static final List<KnownBackend> ALL =
      List.of(
          EJML,
          new KnownBackend("nd4j", "org.recur4j.backend.nd4j.Nd4jProvider"),
          new KnownBackend("cuda", "org.recur4j.backend.cuda.CudaProvider"));

  /** Returns the backend's name if the class is one of our providers, else the class name. */
  static String nameOf(String provider) {
    for (KnownBackend known : ALL) {
      if (known.provider().equals(provider)) {
        return known.name();
      }
    }
    return provider;
  }
}
