package org.recur4j.examples.command;

import java.nio.file.Path;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.names.NamesModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a written model of names on the test names that come with the examples. */
@Command(name = "names", description = "Say from first names whose they are.")
final class EvaluateNamesCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private PrecisionOption precision;
  @Mixin private JsonOption json;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "names.safetensors",
      description = "What 'recur4j train names' wrote; ${DEFAULT-VALUE} without it.")
  private Path file;

  @Override
  public void run() {
    NameData data = NameData.load();
    try (Backend opened = backend.open();
        NamesModel full = NamesModel.open(opened, file);
        NamesModel low = precision.lower(opened, full::at)) {
      PrecisionComparison.of(precision.precision(), full.test(data), low.test(data))
          .print(spec.commandLine().getOut(), json);
    }
  }
}
