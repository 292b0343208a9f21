package org.recur4j.examples.command;

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

  Backend open() {
    return Backends.open(name, BackendOptions.defaults().withThreads(threads));
  }
}
