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
final class PredictTaskCommand implements Callable<Integer> {
  private final Task task;
  private final Interruption interruption;

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

  private PredictTaskCommand(Task task, Interruption interruption) {
    this.task = task;
    this.interruption = interruption;
  }

  static CommandLine of(Task task, Interruption interruption) {
    CommandLine line = new CommandLine(new PredictTaskCommand(task, interruption));
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
  public Integer call() {
    List<String> inputs = spec.positionalParameters().get(0).getValue();
    Path chosen = file == null ? Path.of(task.name() + ".safetensors") : file;
    Outputs outputs = new Outputs(spec).input("--model", chosen).file("--picture", picture);
    outputs.check();
    try (Backend opened = backend.open();
        TaskModel full = task.open(opened, chosen);
        TaskModel model = precision.isFull() ? full : precision.lower(opened, full::at)) {
      DrawingModel drawing = picture == null ? null : drawing(model);
      List<Prediction> predictions = model.predict(inputs);
      PrintWriter out = spec.commandLine().getOut();
      if (json.chosen()) {
        json.print(out, predictions.stream().map(PredictTaskCommand::document).toList());
      } else {
        print(out, predictions);
      }
      interruption.hold(
          () -> outputs.write("--picture", picture, () -> draw(drawing, inputs.get(0))));
    }
    return outputs.exitCode();
  }

  private DrawingModel drawing(TaskModel model) {
    if (model instanceof DrawingModel drawing) {
      return drawing;
    }
    throw new InvalidArgumentException(
        "predict " + task.name(),
        "--picture",
        "a task that draws, such as pronounce",
        "Leave the option out");
  }

  private void draw(DrawingModel drawing, String input) {
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
