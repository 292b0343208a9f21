package org.recur4j.examples.command;

import java.nio.file.Path;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.names.NamesModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a trained network does with a name. */
@Command(name = "names", description = "Show how the trained network for names reads one.")
final class ExplainNamesCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private FocusOption focus;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "names.safetensors",
      description = "What 'recur4j train names' wrote; ${DEFAULT-VALUE} without it.")
  private Path file;

  @Parameters(paramLabel = "NAME", description = "A first name.")
  private String name;

  @Override
  public void run() {
    PredictNamesCommand.check(name);
    try (Backend opened = backend.open();
        NamesModel model = NamesModel.open(opened, file)) {
      focus.explain(spec.commandLine().getOut(), wanted -> model.explain(name, wanted));
    }
  }
}
