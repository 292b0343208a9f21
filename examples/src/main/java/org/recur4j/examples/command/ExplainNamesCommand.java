package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
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
final class ExplainNamesCommand implements Callable<Integer> {
  private final Interruption interruption;

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

  ExplainNamesCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    PredictNamesCommand.check(name);
    Outputs outputs = focus.outputs(spec, file);
    try (Backend opened = backend.open();
        NamesModel model = NamesModel.open(opened, file)) {
      return focus.explain(
          spec.commandLine().getOut(),
          outputs,
          interruption,
          wanted -> model.explain(name, wanted));
    }
  }
}
