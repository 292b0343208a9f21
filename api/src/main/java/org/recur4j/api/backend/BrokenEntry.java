package org.recur4j.api.backend;

import java.security.CodeSource;
import java.util.ServiceConfigurationError;
import org.recur4j.api.backend.Availability.Unavailable;

/** Describes service entries that do not lead to a provider. */
final class BrokenEntry {
  private static final String SERVICE = BackendProvider.class.getName();

  private BrokenEntry() {}

  static Providers.Found of(Throwable failure, ClassLoader loader) {
    String provider = provider(failure);
    if (provider == null) {
      return new Providers.Found("(unreadable service entry)", null, reason(failure));
    }
    Unavailable mismatch = mismatch(provider, loader);
    return new Providers.Found(
        KnownBackend.nameOf(provider), null, mismatch != null ? mismatch : reason(failure));
  }

  static Unavailable reason(Throwable failure) {
    // The message of a linkage error alone is often only the name of the missing class.
    String what =
        failure instanceof ServiceConfigurationError ? failure.getMessage() : "" + failure;
    Throwable cause = failure.getCause();
    return new Unavailable(
        "it does not load: " + what + (cause == null ? "" : " (" + cause + ")"),
        "check that its jar is complete and its dependencies are present");
  }

  /** Returns the class that the service loader's message names; null if it names a file. */
  private static String provider(Throwable failure) {
    String prefix = SERVICE + ": ";
    String message = failure.getMessage();
    if (!(failure instanceof ServiceConfigurationError)
        || message == null
        || !message.startsWith(prefix)) {
      return null;
    }
    String[] words = message.substring(prefix.length()).split(" ", 3);
    String name = "Provider".equals(words[0]) && words.length > 1 ? words[1] : words[0];
    return name.matches("[\\w.$]*\\w\\.[\\w.$]+") ? name : null;
  }

  /**
   * Returns why an existing class is not a provider for this copy of the library; null if it is
   * one.
   */
  private static Unavailable mismatch(String provider, ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(provider, false, loader);
    } catch (ClassNotFoundException | LinkageError | RuntimeException gone) {
      return null;
    }
    if (BackendProvider.class.isAssignableFrom(type)) {
      return null;
    }
    Class<?> other = serviceOf(type);
    if (other == null) {
      return new Unavailable(
          provider + " is no " + SERVICE, "name a class that implements it in the service file");
    }
    return new Unavailable(
        "it belongs to another copy of this library: "
            + location(other)
            + "; this copy is "
            + location(BackendProvider.class),
        "put a jar of this backend next to this copy, unless another candidate is available");
  }

  /**
   * Returns the service interface of any copy of this library that the class implements, or null.
   */
  private static Class<?> serviceOf(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> parent : c.getInterfaces()) {
        Class<?> found = parent.getName().equals(SERVICE) ? parent : serviceOf(parent);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place = source == null || source.getLocation() == null ? "" : source.getLocation() + " ";
    return place + "of class loader " + type.getClassLoader();
  }
}
