package org.recur4j.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the commands that train; which data is the next word. */
@Command(
    name = "train",
    description = "Train a network on real data.",
    synopsisSubcommandLabel = "COMMAND")
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "'train' needs one of " + spec.subcommands().keySet() + " as its next word");
  }
}
