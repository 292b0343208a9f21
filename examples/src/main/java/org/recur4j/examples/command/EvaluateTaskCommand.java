package org.recur4j.examples.command;

import java.nio.file.Path;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TestableTask;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a written model of a task on its test part. */
@Command
final class EvaluateTaskCommand implements Runnable {
  private final TestableTask task;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private PrecisionOption precision;
  @Mixin private JsonOption json;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "What 'recur4j train TASK' wrote; TASK.safetensors without it.")
  private Path file;

  private EvaluateTaskCommand(TestableTask task) {
    this.task = task;
  }

  static CommandLine of(TestableTask task) {
    CommandLine line = new CommandLine(new EvaluateTaskCommand(task));
    line.getCommandSpec().name(task.name()).usageMessage().description(task.description());
    return line;
  }

  @Override
  public void run() {
    Path chosen = file == null ? Path.of(task.name() + ".safetensors") : file;
    try (Backend opened = backend.open();
        TaskModel full = task.open(opened, chosen);
        TaskModel low = precision.lower(opened, full::at)) {
      PrecisionComparison.of(precision.precision(), task.test(full), task.test(low))
          .print(spec.commandLine().getOut(), json);
    }
  }
}
