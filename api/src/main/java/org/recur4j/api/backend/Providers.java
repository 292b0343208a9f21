package org.recur4j.api.backend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * Loads providers one by one. A provider that fails is recorded with the reason and hides no other.
 */
final class Providers {
  /** The limit for a class loader that reports the same error again and again. */
  private static final int MAXIMUM_REPEATS = 10;

  /** The limit for a class loader whose errors never end. */
  private static final int MAXIMUM_FAILURES = 1000;

  /**
   * A provider, or the reason why a service entry does not lead to one.
   *
   * @param name the provider's name, or its class
   * @param provider the provider; null if rejected
   * @param refusal the reason; null unless rejected
   */
  record Found(String name, BackendProvider provider, Unavailable refusal) {
    Candidate probe() {
      return new Candidate(name, refusal != null ? refusal : probeGuarded(provider));
    }
  }

  private Providers() {}

  /**
   * Returns the providers that the class loaders see, in the order of the loaders. A class or a
   * failure that several loaders report is listed once.
   */
  static List<Found> load(Set<ClassLoader> loaders) {
    List<Found> found = new ArrayList<>();
    Set<Class<?>> met = new HashSet<>();
    for (ClassLoader loader : loaders) {
      int before = found.size();
      try {
        collect(
            ServiceLoader.load(BackendProvider.class, loader).stream().iterator(),
            loader,
            met,
            found);
      } catch (ServiceConfigurationError | RuntimeException refused) {
        found.add(BrokenEntry.of(refused, loader));
      }
      Unlisted.add(loader, met, found.subList(before, found.size()));
    }
    return refuseDuplicates(found);
  }

  static List<Found> collect(Iterator<ServiceLoader.Provider<BackendProvider>> services) {
    List<Found> found = new ArrayList<>();
    collect(services, Providers.class.getClassLoader(), new HashSet<>(), found);
    return refuseDuplicates(found);
  }

  private static void collect(
      Iterator<ServiceLoader.Provider<BackendProvider>> services,
      ClassLoader loader,
      Set<Class<?>> met,
      List<Found> found) {
    Found last = null;
    int repeats = 0;
    for (int failures = 0; failures < MAXIMUM_FAILURES && repeats < MAXIMUM_REPEATS; ) {
      try {
        if (!services.hasNext()) {
          return;
        }
        ServiceLoader.Provider<BackendProvider> service = services.next();
        if (met.add(service.type())) {
          found.add(instantiate(service));
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
        Found failure = BrokenEntry.of(broken, loader);
        repeats = failure.equals(last) ? repeats + 1 : 0;
        failures++;
        last = failure;
        found.add(failure);
      }
    }
  }

  private static Found instantiate(ServiceLoader.Provider<BackendProvider> service) {
    String type = service.type().getName();
    try {
      return examine(service.get(), type);
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (RuntimeException | Error broken) {
      return new Found(KnownBackend.nameOf(type), null, BrokenEntry.reason(broken));
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
          new Unavailable("its name is empty", "ask its author to return a name from name()"));
    }
    return new Found(name, provider, null);
  }

  /** Keeps the first of several providers with one name and lists the others as unavailable. */
  private static List<Found> refuseDuplicates(List<Found> all) {
    Set<String> names = new HashSet<>();
    Set<Found> result = new LinkedHashSet<>();
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
          : new Unavailable("its probe returned null", "report this to the backend's author");
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (RuntimeException | Error failure) {
      return new Unavailable("its probe failed: " + failure, "report this to the backend's author");
    }
  }
}
