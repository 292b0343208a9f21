package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that measure a model again; which data is the next word. */
@Command(
    name = "evaluate",
    description =
        "Measure a trained network on the test part, as training did, at full or low precision.",
    synopsisSubcommandLabel = "COMMAND")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'evaluate' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
