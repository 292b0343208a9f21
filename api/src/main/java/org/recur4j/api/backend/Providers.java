package org.recur4j.api.backend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.recur4j.api.backend.Availability.Unavailable;

/** Finds providers one by one; one that fails is remembered with its reason and hides no other. */
final class Providers {
  private static final int MAXIMUM_FAILURES = 100;

  /**
   * A provider, or why there is none behind this name.
   *
   * @param name its name, or its class
   * @param provider null if refused
   * @param refusal null unless refused
   */
  record Found(String name, BackendProvider provider, Unavailable refusal) {
    Candidate probe() {
      return new Candidate(name, refusal != null ? refusal : probeGuarded(provider));
    }
  }

  private Providers() {}

  static List<Found> load(ClassLoader loader) {
    return collect(ServiceLoader.load(BackendProvider.class, loader).stream().iterator());
  }

  static List<Found> collect(Iterator<ServiceLoader.Provider<BackendProvider>> services) {
    List<Found> found = new ArrayList<>();
    int failures = 0;
    while (failures < MAXIMUM_FAILURES) {
      try {
        if (!services.hasNext()) {
          break;
        }
        ServiceLoader.Provider<BackendProvider> service = services.next();
        found.add(instantiate(service));
      } catch (ServiceConfigurationError | LinkageError broken) {
        failures++;
        found.add(new Found("(unreadable service entry)", null, broken(broken)));
      }
    }
    return refuseDuplicates(found);
  }

  private static Found instantiate(ServiceLoader.Provider<BackendProvider> service) {
    String fallback = "(a provider that does not load)";
    try {
      fallback = service.type().getName();
      return examine(service.get(), fallback);
    } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
      return new Found(fallback, null, broken(broken));
    }
  }

  private static Found examine(BackendProvider provider, String fallback) {
    String name = provider.name();
    int version = provider.spiVersion();
    if (version != BackendProvider.SPI_VERSION) {
      return new Found(
          name == null ? fallback : name,
          null,
          new Unavailable(
              "built against version "
                  + version
                  + " of the service interface; this library has version "
                  + BackendProvider.SPI_VERSION,
              "use a jar of " + name + " that belongs to this library's version"));
    }
    if (name == null || name.isBlank()) {
      return new Found(
          fallback,
          null,
          new Unavailable("its name is empty", "have its author return a name from name()"));
    }
    return new Found(name, provider, null);
  }

  /** Of several with one name the first stands; the others are shown, not hidden. */
  private static List<Found> refuseDuplicates(List<Found> all) {
    Set<String> names = new HashSet<>();
    List<Found> result = new ArrayList<>();
    for (Found found : all) {
      if (found.provider() == null || names.add(found.name())) {
        result.add(found);
      } else {
        result.add(
            new Found(
                found.name(),
                null,
                new Unavailable(
                    "a second provider of this name, " + found.provider().getClass().getName(),
                    "keep one jar of " + found.name() + " on the class path")));
      }
    }
    return List.copyOf(result);
  }

  static Availability probeGuarded(BackendProvider provider) {
    try {
      Availability availability = provider.probe();
      return availability != null
          ? availability
          : new Unavailable("its probe answered null", "report this to the backend's author");
    } catch (RuntimeException | LinkageError failure) {
      return new Unavailable("its probe failed: " + failure, "report this to the backend's author");
    }
  }

  private static Unavailable broken(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String reason = "it does not load: " + failure.getMessage();
    return new Unavailable(
        cause == failure ? reason : reason + " (" + cause + ")",
        "check that its jar is complete and its dependencies are present");
  }
}
