package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.Optional;
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
        NamesModel full = NamesModel.open(opened, file)) {
      comparison(opened, full, data).print(spec.commandLine().getOut(), json);
    }
  }

  private PrecisionComparison comparison(Backend opened, NamesModel full, NameData data) {
    if (precision.isFull()) {
      return new PrecisionComparison(
          precision.precision(), MeasuredModel.of(full.test(data)), Optional.empty());
    }
    try (NamesModel low = precision.lower(opened, full::at)) {
      return new PrecisionComparison(
          precision.precision(),
          MeasuredModel.of(full.test(data)),
          Optional.of(MeasuredModel.of(low.test(data))));
    }
  }
}
