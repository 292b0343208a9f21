package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.Score;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskOption;
import org.recur4j.examples.task.TaskResult;
import org.recur4j.examples.task.TaskSettings;
import org.recur4j.examples.task.TaskTraining;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains one network of a task and writes it to a file. */
@Command(showDefaultValues = true)
final class TrainTaskCommand implements Callable<Integer> {
  private final Task task;
  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private JsonOption json;
  @Mixin private VariantOption variant;
  @Mixin private RecordOption record;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, dropout, order.")
  private long seed;

  @Option(names = "--epochs", description = "Passes over the training part.")
  private Integer epochs;

  @Option(names = "--hidden", description = "State size of each direction.")
  private Integer hidden;

  @Option(names = "--layers", description = "Recurrent layers.")
  private Integer layers;

  @Option(names = "--batch", description = "Examples in each step.")
  private Integer batch;

  @Option(names = "--learning-rate", description = "Of the optimizer, at the start.")
  private Double learningRate;

  @Option(
      names = {"--out", "--output"},
      paramLabel = "FILE",
      description =
          "Where the model goes, TASK.safetensors without it; an existing file is replaced when all"
              + " went well.")
  private Path output;

  @Option(names = "--quick", description = "A small network and a few examples: seconds.")
  private boolean quick;

  @Option(names = "--quiet", description = "Print the results only.")
  private boolean quiet;

  private TrainTaskCommand(Task task, Interruption interruption) {
    this.task = task;
    this.interruption = interruption;
  }

  static CommandLine of(Task task, Interruption interruption) {
    CommandLine line = new CommandLine(new TrainTaskCommand(task, interruption));
    CommandSpec spec = line.getCommandSpec().name(task.name());
    TaskSettings defaults = task.defaults(task.variants().get(0), false);
    spec.usageMessage()
        .description(
            task.description(),
            task.data(),
            String.format(
                Locale.ROOT,
                "Without options: %s, %d hidden, %d epochs, batches of %d, learning rate %s.",
                defaults.variant(),
                defaults.hidden(),
                defaults.epochs(),
                defaults.batch(),
                defaults.learningRate()));
    task.options().forEach(option -> spec.addOption(option(option)));
    return line;
  }

  /** A setting that one task alone has. */
  static OptionSpec option(TaskOption option) {
    return OptionSpec.builder("--" + option.name())
        .paramLabel(option.label())
        .type(String.class)
        .defaultValue(option.defaultValue().isEmpty() ? null : option.defaultValue())
        .description(option.description())
        .build();
  }

  @Override
  public Integer call() {
    TaskSettings settings = settings();
    Path file = output == null ? Path.of(task.name() + ".safetensors") : output;
    Outputs outputs = outputs(file);
    PrintWriter out = spec.commandLine().getOut();
    boolean silent = quiet || json.chosen();
    try (Backend opened = backend.open();
        Protocol protocol =
            new Protocol(silent ? null : out, Progress.of(silent), interruption::requested);
        Recording recording = record.open(protocol, outputs, interruption)) {
      if (!silent) {
        out.printf(
            Locale.ROOT,
            "%s: %s; backend %s, %d threads%n",
            task.name(),
            settings.variant(),
            opened.info().name(),
            opened.info().threads());
      }
      try (TaskTraining training = task.train(opened, settings, recording)) {
        protocol.pause();
        Path written = training.isInterrupted() ? OutputFile.interrupted(file) : file;
        Rescue.save(training.model()::save, written);
        interruption.notice(
            training.isInterrupted()
                ? record.interrupted(training.epochs(), written)
                : record.unmeasured(written, task.name()));
        record.draw(outputs, task.name() + ", " + settings.variant(), recording);
        recording.letGo();
        TaskResult result = training.measure();
        if (!result.interrupted()) {
          record.finished(outputs);
        }
        interruption.notice(null);
        if (json.chosen()) {
          json.print(out, document(settings, protocol, result, opened, written));
        } else if (result.interrupted()) {
          spec.commandLine().getErr().println(record.interrupted(result.epochs(), written));
        } else {
          print(out, result, written);
        }
        return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
      }
    }
  }

  /** The model, what is recorded beside it, and the files that the task reads. */
  private Outputs outputs(Path file) {
    Outputs outputs = new Outputs(spec).file("--out", file);
    outputs.beside("--out", file, OutputFile.interrupted(file));
    for (TaskOption option : task.options()) {
      String value = spec.findOption("--" + option.name()).getValue();
      if (option.label().equals("FILE") && value != null && !value.isEmpty()) {
        outputs.input("--" + option.name(), Path.of(value));
      }
    }
    record.name(outputs);
    outputs.check();
    return outputs;
  }

  private TaskSettings settings() {
    TaskSettings settings = task.defaults(variant.of(task), quick).withSeed(seed);
    settings = epochs == null ? settings : settings.withEpochs(epochs);
    settings = hidden == null ? settings : settings.withHidden(hidden);
    settings = layers == null ? settings : settings.withLayers(layers);
    settings = batch == null ? settings : settings.withBatch(batch);
    settings = learningRate == null ? settings : settings.withLearningRate(learningRate);
    Map<String, String> own = new LinkedHashMap<>();
    for (TaskOption option : task.options()) {
      String value = spec.findOption("--" + option.name()).getValue();
      own.put(option.name(), value == null ? "" : value);
    }
    return own.isEmpty() ? settings : settings.withOptions(own);
  }

  private static void print(PrintWriter out, TaskResult result, Path written) {
    Table table = new Table("MEASURED ON THE TEST PART", "RESULT", "BASELINE", "PUBLISHED");
    for (Score score : result.scores()) {
      table.add(
          score.metric(),
          FigureText.of(score.value(), score.unit()),
          FigureText.of(score.baselines(), score.unit()),
          FigureText.of(score.published(), score.unit()));
    }
    table.print(out);
    out.printf(Locale.ROOT, "%.1f s; written to %s%n", result.seconds(), written);
  }

  private Map<String, Object> document(
      TaskSettings settings, Protocol protocol, TaskResult result, Backend opened, Path written) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task.name());
    document.put("cell", settings.variant().cell().toString());
    document.put("direction", settings.variant().direction().name().toLowerCase(Locale.ROOT));
    document.put("backend", opened.info().name());
    document.put("threads", opened.info().threads());
    document.put("seed", settings.seed());
    document.put("hidden", settings.hidden());
    document.put("epochs", protocol.rows());
    List<Object> scores = new ArrayList<>();
    result.scores().forEach(score -> scores.add(ScoreDocument.of(score)));
    document.put("scores", scores);
    document.put("interrupted", result.interrupted());
    document.put("checkpoint", result.interrupted() ? record.resumable() : null);
    document.put("seconds", result.seconds());
    document.put("output", written.toString());
    return document;
  }
}
