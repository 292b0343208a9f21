package org.recur4j.api.backend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * Finds the project's own providers whose class is present but which no service file lists. This is
 * typical of a jar merged from several jars where only one of the {@code META-INF/services} files
 * was kept.
 */
final class Unlisted {
  private static final String SERVICE_FILE = "META-INF/services/" + BackendProvider.class.getName();

  private Unlisted() {}

  /** Adds the known providers that the loader can see but discovery did not find. */
  static void add(ClassLoader loader, Set<Class<?>> met, List<Providers.Found> found) {
    for (KnownBackend known : KnownBackend.ALL) {
      boolean reported =
          found.stream().anyMatch(candidate -> candidate.name().equals(known.name()))
              || met.stream().anyMatch(type -> type.getName().equals(known.provider()));
      if (!reported) {
        URL place = find(known.provider().replace('.', '/') + ".class", loader);
        if (place != null) {
          found.add(new Providers.Found(known.name(), null, reason(known, place, loader)));
        }
      }
    }
  }

  private static URL find(String resource, ClassLoader loader) {
    try {
      return loader.getResource(resource);
    } catch (RuntimeException closed) {
      return null; // A closed class loader finds nothing; discovery reports that it is closed.
    }
  }

  private static Unavailable reason(KnownBackend known, URL place, ClassLoader loader) {
    if (listed(loader).contains(known.provider())) {
      return new Unavailable(
          "its class is present (" + place + ") and is listed, but the list could not be read",
          "correct the service entry that is reported as unreadable");
    }
    return new Unavailable(
        "its class is present (" + place + "), but no " + SERVICE_FILE + " lists it",
        "if several jars were merged into one, merge their META-INF/services files: with the Maven"
            + " Shade plugin by its ServicesResourceTransformer, with Gradle's Shadow plugin by"
            + " mergeServiceFiles()");
  }

  private static Set<String> listed(ClassLoader loader) {
    Set<String> lines = new HashSet<>();
    try {
      for (URL file : Collections.list(loader.getResources(SERVICE_FILE))) {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // A cached jar would stay open and locked.
        try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
          reader.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(lines::add);
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return lines; // The service loader has already reported what could not be read.
    }
    return lines;
  }
}
