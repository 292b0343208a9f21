package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that measure and write a page about it. */
@Command(
    name = "report",
    description = "Measure many things and write a page about it.",
    synopsisSubcommandLabel = "COMMAND")
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'report' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
