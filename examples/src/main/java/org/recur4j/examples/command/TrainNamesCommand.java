package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.names.NameData;
import org.recur4j.examples.names.NamesResult;
import org.recur4j.examples.names.NamesSettings;
import org.recur4j.examples.names.NamesTask;
import org.recur4j.models.training.report.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a classifier of first names and writes it to a file. */
@Command(
    name = "names",
    showDefaultValues = true,
    description = "Train a bidirectional LSTM that tells from a first name whose it is.")
final class TrainNamesCommand implements Callable<Integer> {
  private final Interruption interruption;

  @Spec private CommandSpec spec;
  @Mixin private BackendOption backend;
  @Mixin private JsonOption json;
  @Mixin private RecordOption record;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of weights, dropout, order.")
  private long seed;

  @Option(names = "--epochs", defaultValue = "20", description = "Passes over the training names.")
  private int epochs;

  @Option(names = "--layers", defaultValue = "2", description = "Bidirectional LSTM layers.")
  private int layers;

  @Option(names = "--hidden", defaultValue = "64", description = "State size of each direction.")
  private int hidden;

  @Option(names = "--embedding", defaultValue = "32", description = "Values for each character.")
  private int embedding;

  @Option(names = "--dropout", defaultValue = "0.3", description = "Share of values dropped.")
  private double dropout;

  @Option(names = "--batch", defaultValue = "32", description = "Names in each step.")
  private int batch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.004",
      description = "Of Adam, at the start; it falls along half a cosine.")
  private double learningRate;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "names.safetensors",
      description = "Where the model goes; an existing file is replaced when all went well.")
  private Path output;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      arity = "2..*",
      description =
          "Lists of your own instead of the bundled ones: one file for each label, one name a"
              + " line, UTF-8. The file's name is the label.")
  private List<Path> lists;

  @Option(names = "--quiet", description = "Print the results only.")
  private boolean quiet;

  TrainNamesCommand(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    NamesSettings settings =
        new NamesSettings(embedding, hidden, layers, dropout, epochs, batch, learningRate, seed);
    Outputs outputs = new Outputs(spec).file("--output", output);
    outputs.beside("--output", output, OutputFile.interrupted(output));
    if (lists != null) {
      lists.forEach(list -> outputs.input("--data", list));
    }
    record.name(outputs);
    outputs.check();
    NameData data = lists == null ? NameData.load() : NameData.read(lists);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean silent = quiet || json.chosen();
    try (Backend opened = backend.open();
        NamesTask task = NamesTask.create(opened, data, settings);
        Protocol protocol =
            new Protocol(silent ? null : out, Progress.of(silent), interruption::requested);
        Recording recording = record.open(protocol, outputs, interruption)) {
      protocol.describe(
          String.format(
              Locale.ROOT,
              "%d names for training, %d for validation, %d for test; backend %s, %d threads%n%s",
              data.training().size(),
              data.validation().size(),
              data.test().size(),
              opened.info().name(),
              opened.info().threads(),
              task.summary()));
      TrainingResult trained = task.train(recording);
      protocol.pause();
      boolean interrupted = trained.end() == TrainingResult.End.INTERRUPTED;
      Path written = interrupted ? OutputFile.interrupted(output) : output;
      Rescue.save(task::save, written);
      interruption.notice(
          interrupted
              ? record.interrupted(trained.epochs().size(), written)
              : record.unmeasured(written, "names"));
      record.draw(outputs, "names", recording);
      recording.letGo();
      NamesResult result = task.measure(trained);
      if (!interrupted) {
        record.finished(outputs);
      }
      interruption.notice(null);
      if (json.chosen()) {
        json.print(out, document(result, protocol, opened, written));
      } else if (result.interrupted()) {
        err.println(record.interrupted(result.epochs().size(), written));
      } else {
        out.printf(
            Locale.ROOT,
            "test accuracy %.2f %% on %d names, %.1f s; written to %s%n",
            100 * result.testAccuracy(),
            data.test().size(),
            result.seconds(),
            written);
      }
      return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
  }

  private Map<String, Object> document(
      NamesResult result, Protocol protocol, Backend opened, Path written) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("backend", opened.info().name());
    document.put("threads", opened.info().threads());
    document.put("seed", seed);
    document.put("epochs", protocol.rows());
    document.put("testAccuracy", result.interrupted() ? null : result.testAccuracy());
    document.put("interrupted", result.interrupted());
    document.put("checkpoint", result.interrupted() ? record.resumable() : null);
    document.put("seconds", result.seconds());
    document.put("output", written.toString());
    return document;
  }
}
