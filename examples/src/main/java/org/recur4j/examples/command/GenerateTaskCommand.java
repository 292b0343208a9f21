package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.Generation;
import org.recur4j.examples.task.GenerativeModel;
import org.recur4j.examples.task.GenerativeTask;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a written model make up sequences. */
@Command(showDefaultValues = true)
final class GenerateTaskCommand implements Runnable {
  private final GenerativeTask task;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private PrecisionOption precision;
  @Mixin private JsonOption json;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "What 'recur4j train TASK' wrote; TASK.safetensors without it.")
  private Path file;

  @Option(names = "--count", defaultValue = "10", description = "How many sequences.")
  private int count;

  @Option(
      names = "--temperature",
      defaultValue = "1",
      description = "Below 1 careful, above 1 daring.")
  private double temperature;

  @Option(
      names = "--top-k",
      defaultValue = "0",
      description = "Draw from so many of the likeliest only; 0 for all.")
  private int topK;

  @Option(
      names = "--start",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What each sequence begins with.")
  private String start;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the draws.")
  private long seed;

  private GenerateTaskCommand(GenerativeTask task) {
    this.task = task;
  }

  static CommandLine of(GenerativeTask task) {
    CommandLine line = new CommandLine(new GenerateTaskCommand(task));
    line.getCommandSpec().name(task.name()).usageMessage().description(task.description());
    return line;
  }

  @Override
  public void run() {
    Generation request = new Generation(count, temperature, topK, start, seed);
    Path chosen = file == null ? Path.of(task.name() + ".safetensors") : file;
    try (Backend opened = backend.open();
        GenerativeModel full = task.open(opened, chosen);
        GenerativeModel model = precision.isFull() ? full : precision.lower(opened, full::at)) {
      List<String> sequences = model.generate(request);
      PrintWriter out = spec.commandLine().getOut();
      if (json.chosen()) {
        json.print(out, sequences);
      } else {
        sequences.forEach(out::println);
      }
    }
  }
}
