package org.recur4j.examples.command;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the tables of the page about speed. */
@Command(
    name = "performance",
    description = "Write what 'recur4j bench --record' recorded into the page about speed.")
final class ReportPerformanceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      defaultValue = "docs/performance.jsonl",
      description = "Recorded figures. Default: ${DEFAULT-VALUE}.")
  private Path from;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      defaultValue = "docs/performance.md",
      description = "The page, with markers where the tables stand. Default: ${DEFAULT-VALUE}.")
  private Path into;

  @Override
  public void run() {
    new Outputs(spec).input("--from", from).file("--into", into).check();
    PerformancePage.of(from).write(into);
  }
}
