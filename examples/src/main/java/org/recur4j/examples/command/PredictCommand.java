package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that predict; which data is the next word. */
@Command(
    name = "predict",
    description = "Ask a trained network.",
    synopsisSubcommandLabel = "COMMAND")
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'predict' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
