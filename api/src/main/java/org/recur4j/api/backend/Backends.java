package org.recur4j.api.backend;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.RecurException;

/**
 * Finds backends and chooses one. An explicit name takes precedence, then the system property
 * {@value #PROPERTY}, then the environment variable {@value #VARIABLE}, then the highest score. If
 * a named backend cannot be opened, that is an error; no other backend is used instead.
 *
 * <pre>{@code
 * try (Backend backend = Backends.open()) {
 *   …
 * }
 * }</pre>
 */
public final class Backends {
  /** The system property that names a backend. */
  public static final String PROPERTY = "recur4j.backend";

  /** The environment variable that names a backend. */
  public static final String VARIABLE = "RECUR4J_BACKEND";

  private final List<Providers.Found> providers;
  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;

  Backends(
      List<Providers.Found> providers,
      UnaryOperator<String> properties,
      UnaryOperator<String> environment) {
    this.providers = List.copyOf(providers);
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * Opens the backend chosen by the property, the variable or the highest score, with default
   * options.
   *
   * @return an open backend; the caller closes it
   * @throws BackendException listing every candidate if none can be opened
   */
  public static Backend open() {
    return discover(null).choose(null, BackendOptions.defaults());
  }

  /**
   * Opens a backend by name, with default options.
   *
   * @param name the backend's name, such as {@code "ejml"}; null to use the property, the variable
   *     or the highest score
   * @return an open backend; the caller closes it
   * @throws BackendException listing every candidate if it cannot be opened
   */
  public static Backend open(String name) {
    return open(name, BackendOptions.defaults());
  }

  /**
   * Opens a backend by name.
   *
   * @param name the backend's name, such as {@code "ejml"}; null to use the property, the variable
   *     or the highest score
   * @param options threads, device, settings, leak listener
   * @return an open backend; the caller closes it
   * @throws BackendException listing every candidate if it cannot be opened
   */
  public static Backend open(String name, BackendOptions options) {
    return discover(null).choose(name, options);
  }

  /**
   * Returns every backend that was found, and whether it can be opened here.
   *
   * @return the report, ready to print
   */
  public static BackendReport report() {
    return discover(null).candidates();
  }

  /**
   * Finds providers without probing any.
   *
   * @param loader the class loader to search; null for the thread's context class loader and then
   *     the library's own. Providers that implement the interface of another copy of this library,
   *     which a host application may contain, are reported as unavailable with that reason
   * @return the discovered providers
   */
  public static Backends discover(ClassLoader loader) {
    return new Backends(find(loader), System::getProperty, System::getenv);
  }

  static List<Providers.Found> find(ClassLoader loader) {
    Set<ClassLoader> places = new LinkedHashSet<>();
    if (loader != null) {
      places.add(loader);
    } else {
      // The context class loader of a host may see another copy of this library.
      places.add(Thread.currentThread().getContextClassLoader());
      places.add(Backends.class.getClassLoader());
      places.remove(null);
      if (places.isEmpty()) {
        places.add(ClassLoader.getSystemClassLoader());
      }
    }
    return Providers.load(places);
  }

  /**
   * Probes every provider.
   *
   * @return the report, ready to print
   */
  public BackendReport candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (Providers.Found found : providers) {
      candidates.add(found.probe());
    }
    return new BackendReport(candidates);
  }

  /**
   * Chooses one of the discovered backends and opens it. If a name is given, only that backend is
   * probed, unless it fails.
   *
   * @param name the backend's name, or null to use the property, the variable or the highest score
   * @param options threads, device, settings, leak listener
   * @return an open backend; the caller closes it
   * @throws BackendException listing every candidate if it cannot be opened
   */
  public Backend choose(String name, BackendOptions options) {
    if (given(name)) {
      return openNamed(name, "open", options);
    }
    String property = properties.apply(PROPERTY);
    if (given(property)) {
      return openNamed(property.strip(), "-D" + PROPERTY, options);
    }
    String variable = environment.apply(VARIABLE);
    if (given(variable)) {
      return openNamed(variable.strip(), VARIABLE, options);
    }
    return openBest(options);
  }

  private static boolean given(String name) {
    return name != null && !name.isBlank();
  }

  private Backend openNamed(String name, String source, BackendOptions options) {
    String operation = "open backend '" + name + "' (named by " + source + ")";
    for (Providers.Found found : providers) {
      if (found.provider() != null && found.name().equals(name)) {
        Candidate candidate = found.probe();
        if (!candidate.isAvailable()) {
          throw refusal(operation, candidate.toString());
        }
        return openGuarded(operation, found.provider(), options);
      }
    }
    for (Providers.Found found : providers) {
      if (found.name().equals(name)) {
        throw refusal(operation, found.probe().toString());
      }
    }
    throw refusal(operation, "an unknown name");
  }

  /** Opens the backend with the highest score above 0; of equal scores, the first found. */
  private Backend openBest(BackendOptions options) {
    Providers.Found best = null;
    int score = 0;
    for (Providers.Found found : providers) {
      int candidate = found.probe().score();
      if (candidate > score) {
        best = found;
        score = candidate;
      }
    }
    if (best == null) {
      throw refusal("open a backend", "no available backend with a score above 0");
    }
    return openGuarded("open backend '" + best.name() + "'", best.provider(), options);
  }

  private Backend openGuarded(String operation, BackendProvider provider, BackendOptions options) {
    try {
      return provider.open(options);
    } catch (RecurException explained) {
      throw explained;
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (RuntimeException | Error failure) {
      BackendException refusal =
          refusal(operation, "a failure, although its probe reported it as available:  " + failure);
      refusal.initCause(failure);
      throw refusal;
    }
  }

  private BackendException refusal(String operation, String got) {
    StringBuilder list = new StringBuilder("an available backend among");
    BackendReport report = candidates();
    for (Candidate candidate : report.candidates()) {
      list.append("\n  ").append(candidate);
    }
    if (report.candidates().isEmpty()) {
      list.append(" the providers on the class path, but there are none");
    }
    return new BackendException(
        operation, got, list.append('\n').toString(), remedy(report.candidates()));
  }

  private static String remedy(List<Candidate> candidates) {
    List<String> ways = new ArrayList<>();
    if (candidates.stream().anyMatch(Candidate::isAvailable)) {
      ways.add("choose an available one");
    }
    if (!candidates.stream().allMatch(Candidate::isAvailable)) {
      ways.add("follow a remedy above");
    }
    if (candidates.stream().noneMatch(known -> known.name().equals(KnownBackend.EJML.name()))) {
      ways.add("add recur4j-backend-ejml, which runs everywhere");
    }
    String words = String.join(", or ", ways);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
