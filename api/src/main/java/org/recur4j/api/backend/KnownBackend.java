package org.recur4j.api.backend;

import java.util.List;

/**
 * A backend of this project, known by name only, so that a message can speak of it where its
 * provider cannot be asked.
 *
 * @param name what it is chosen by
 * @param provider its provider's class
 */
record KnownBackend(String name, String provider) {
  /** The one that runs everywhere. */
  static final KnownBackend EJML =
      new KnownBackend("ejml", "org.recur4j.backend.ejml.EjmlProvider");

  static final List<KnownBackend> ALL =
      List.of(
          EJML,
          new KnownBackend("nd4j", "org.recur4j.backend.nd4j.Nd4jProvider"),
          new KnownBackend("cuda", "org.recur4j.backend.cuda.CudaProvider"));

  /** The backend's name if the class is a provider of ours, else the class's own. */
  static String nameOf(String provider) {
    for (KnownBackend known : ALL) {
      if (known.provider().equals(provider)) {
        return known.name();
      }
    }
    return provider;
  }
}
