package org.recur4j.api.backend;

import java.security.CodeSource;
import java.util.ServiceConfigurationError;
import org.recur4j.api.backend.Availability.Unavailable;

/** What is wrong with a service entry that gave no provider. */
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
    // A linkage error's message alone is often no more than the name of what is missing.
    String what =
        failure instanceof ServiceConfigurationError ? failure.getMessage() : "" + failure;
    Throwable cause = failure.getCause();
    return new Unavailable(
        "it does not load: " + what + (cause == null ? "" : " (" + cause + ")"),
        "check that its jar is complete and its dependencies are present");
  }

  /** The class that a service loader complains of; null where it complains of a file. */
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

  /** Why a class that is there is no provider for this copy of the library; null if it is one. */
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
          provider + " is no " + SERVICE, "have the service file name a class that implements it");
    }
    return new Unavailable(
        "it belongs to another copy of this library: "
            + whence(other)
            + "; this copy is "
            + whence(BackendProvider.class),
        "put a jar of this backend beside this copy, unless another candidate is available");
  }

  /** The interface of our name that the class implements, from whichever copy. */
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

  private static String whence(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place = source == null || source.getLocation() == null ? "" : source.getLocation() + " ";
    return place + "of class loader " + type.getClassLoader();
  }
}
