package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.DrawingModel;
import org.recur4j.examples.task.Prediction;
import org.recur4j.examples.task.Task;
import org.recur4j.examples.task.TaskModel;
import org.recur4j.models.file.AtomicFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a written model of a task. */
@Command
final class PredictTaskCommand implements Runnable {
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
      names = "--picture",
      paramLabel = "FILE",
      description = "Draws how the first answer came about as an SVG file, where a task can.")
  private Path picture;

  private PredictTaskCommand(Task task) {
    this.task = task;
  }

  static CommandLine of(Task task) {
    CommandLine line = new CommandLine(new PredictTaskCommand(task));
    CommandSpec spec = line.getCommandSpec().name(task.name());
    spec.usageMessage().description(task.description());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(task.input().label())
            .description(task.input().description())
            .build());
    return line;
  }

  @Override
  public void run() {
    List<String> inputs = spec.positionalParameters().get(0).getValue();
    Path chosen = file == null ? Path.of(task.name() + ".safetensors") : file;
    try (Backend opened = backend.open();
        TaskModel full = task.open(opened, chosen);
        TaskModel model = precision.isFull() ? full : precision.lower(opened, full::at)) {
      List<Prediction> predictions = model.predict(inputs);
      if (picture != null) {
        draw(model, inputs.get(0));
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json.chosen()) {
        json.print(out, predictions.stream().map(PredictTaskCommand::document).toList());
      } else {
        print(out, predictions);
      }
    }
  }

  private void draw(TaskModel model, String input) {
    if (!(model instanceof DrawingModel drawing)) {
      throw new InvalidArgumentException(
          "predict " + task.name(),
          "--picture",
          "a task that draws, such as pronounce",
          "Leave the option out");
    }
    AtomicFile.write(picture, drawing.draw(input));
  }

  private static Map<String, Object> document(Prediction prediction) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("input", prediction.input());
    row.put("answer", prediction.answer());
    row.put("figures", prediction.figures());
    return row;
  }

  private void print(PrintWriter out, List<Prediction> predictions) {
    List<String> heading = new ArrayList<>(List.of(task.input().label(), "ANSWER"));
    heading.addAll(predictions.get(0).figures().keySet());
    Table table = new Table(heading.toArray(String[]::new));
    for (Prediction prediction : predictions) {
      List<String> row = new ArrayList<>(List.of(prediction.input(), prediction.answer()));
      prediction
          .figures()
          .values()
          .forEach(figure -> row.add(String.format(Locale.ROOT, "%.4f", figure)));
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
    for (Prediction prediction : predictions) {
      prediction.picture().forEach(out::println);
    }
  }
}
