package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a written model of a task on its test part, as training did. */
@Command
final class EvaluateTaskCommand implements Runnable {
  private final Task task;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private PrecisionOption precision;
  @Mixin private JsonOption json;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "What 'recur4j train TASK' wrote; TASK.safetensors without it.")
  private Path file;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The seed of the training: where test examples are drawn, they are from it.")
  private long seed;

  @Option(
      names = "--quick",
      description = "On the few examples that 'train --quick' measures on; all without it.")
  private boolean quick;

  private EvaluateTaskCommand(Task task) {
    this.task = task;
  }

  static CommandLine of(Task task) {
    CommandLine line = new CommandLine(new EvaluateTaskCommand(task));
    CommandSpec spec = line.getCommandSpec().name(task.name());
    spec.usageMessage().description(task.description(), task.data());
    task.testOptions().forEach(option -> spec.addOption(TrainTaskCommand.option(option)));
    return line;
  }

  @Override
  public void run() {
    Path chosen = file == null ? Path.of(task.name() + ".safetensors") : file;
    TaskSettings settings = settings();
    try (Backend opened = backend.open();
        TaskModel full = task.open(opened, chosen)) {
      comparison(opened, full, settings).print(spec.commandLine().getOut(), json);
    }
  }

  private PrecisionComparison comparison(Backend opened, TaskModel full, TaskSettings settings) {
    if (precision.isFull()) {
      return new PrecisionComparison(
          precision.precision(), MeasuredModel.of(task, full, settings), Optional.empty());
    }
    // Lowered first: where that is refused, nobody has waited for the figures of the other.
    try (TaskModel low = precision.lower(opened, full::at)) {
      return new PrecisionComparison(
          precision.precision(),
          MeasuredModel.of(task, full, settings),
          Optional.of(MeasuredModel.of(task, low, settings)));
    }
  }

  private TaskSettings settings() {
    TaskSettings settings = task.defaults(task.variants().get(0), quick).withSeed(seed);
    Map<String, String> own = new LinkedHashMap<>();
    for (TaskOption option : task.testOptions()) {
      String value = spec.findOption("--" + option.name()).getValue();
      own.put(option.name(), value == null ? "" : value);
    }
    return own.isEmpty() ? settings : settings.withOptions(own);
  }
}
