package org.recur4j.examples.command;

import java.util.Map;
import java.util.TreeMap;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import picocli.CommandLine.Option;

/** Where the arithmetic runs. */
final class BackendOption {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "The backend to use, see 'recur4j backends'. Without it: -Drecur4j.backend,"
              + " RECUR4J_BACKEND, or the available one with the highest score.")
  private String name;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Worker threads; 0, the default, means one per processor.")
  private int threads;

  @Option(
      names = "--backend-setting",
      paramLabel = "NAME=VALUE",
      description =
          "What one backend alone knows, such as products=cublas of the backend cuda; may be"
              + " repeated. A backend refuses settings that it does not know, and lists its own.")
  private Map<String, String> settings = new TreeMap<>();

  Backend open() {
    BackendOptions options = BackendOptions.defaults().withThreads(threads);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      options = options.withSetting(setting.getKey(), setting.getValue());
    }
    return Backends.open(name, options);
  }
}
