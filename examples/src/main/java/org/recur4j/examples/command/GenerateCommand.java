package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that generate; which data is the next word. */
@Command(
    name = "generate",
    description = "Let a trained network make something up.",
    synopsisSubcommandLabel = "COMMAND")
final class GenerateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'generate' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
