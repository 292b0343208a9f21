package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that explain; which network is the next word. */
@Command(
    name = "explain",
    description = "Show a network's loops, its steps, its matrices and the numbers of one step.",
    synopsisSubcommandLabel = "COMMAND")
final class ExplainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'explain' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
