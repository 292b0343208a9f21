package org.recur4j.backend.cuda.gpucheck;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.error.BackendException;

/**
 * What is measured: a backend, and perhaps settings of it.
 *
 * @param name of the backend
 * @param options with the settings
 */
record Target(String name, BackendOptions options) {

  /** Reads {@code cuda} or {@code cuda:products=cublas}. */
  static Target parse(String text) {
    String[] parts = text.split(":", -1);
    BackendOptions options = BackendOptions.defaults();
    for (int i = 1; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      if (setting.length != 2) {
        throw new IllegalArgumentException(
            "'" + parts[i] + "' is no NAME=VALUE, in '" + text + "'");
      }
      options = options.withSetting(setting[0], setting[1]);
    }
    return new Target(parts[0], options);
  }

  Backend open() {
    return Backends.open(name, options);
  }

  /** Why it does not open here, or null. */
  String obstacle() {
    try {
      open().close();
      return null;
    } catch (BackendException refusal) {
      return refusal.getMessage().replaceAll("\\s+", " ");
    }
  }

  /** The first field of its rows: {@code layer}, or what its settings say. */
  String kind() {
    return options.settings().isEmpty() ? "layer" : String.join("+", options.settings().values());
  }

  /** Before what is measured, where settings make a difference. */
  String label() {
    return options.settings().isEmpty() ? "recur4j" : "recur4j " + options.settings();
  }
}
