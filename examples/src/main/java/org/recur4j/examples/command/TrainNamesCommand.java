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
import org.recur4j.examples.names.NamesEpoch;
import org.recur4j.examples.names.NamesResult;
import org.recur4j.examples.names.NamesSettings;
import org.recur4j.examples.names.NamesTask;
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
    OutputFile.check("--output", output);
    NameData data = lists == null ? NameData.load() : NameData.read(lists);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean talk = !quiet && !json.chosen();
    try (Backend opened = backend.open();
        NamesTask task = NamesTask.create(opened, data, settings);
        Progress progress = Progress.of(quiet || json.chosen())) {
      if (talk) {
        out.printf(
            Locale.ROOT,
            "%d names for training, %d for validation, %d for test; backend %s, %d threads%n%s%n",
            data.training().size(),
            data.validation().size(),
            data.test().size(),
            opened.info().name(),
            opened.info().threads(),
            task.summary());
      }
      NamesResult result =
          task.train(
              epoch -> {
                if (talk) {
                  progress.pause();
                  out.println(line(epoch));
                }
              },
              progress,
              interruption::requested);
      progress.pause();
      Path written = result.interrupted() ? OutputFile.interrupted(output) : output;
      task.save(written);
      if (json.chosen()) {
        json.print(out, document(result, opened, written));
      } else {
        print(result, data, written, result.interrupted() ? err : out);
      }
      return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
  }

  private static String line(NamesEpoch epoch) {
    return String.format(
        Locale.ROOT,
        "epoch %3d  training loss %.4f  validation loss %.4f  validation accuracy %6.2f %%  %6.1f s",
        epoch.epoch(),
        epoch.trainingLoss(),
        epoch.validationLoss(),
        100 * epoch.validationAccuracy(),
        epoch.seconds());
  }

  private static void print(NamesResult result, NameData data, Path written, PrintWriter out) {
    if (result.interrupted()) {
      out.printf(
          Locale.ROOT,
          "interrupted after %d finished epochs; what was learned is in %s%n",
          result.epochs().size(),
          written);
    } else {
      out.printf(
          Locale.ROOT,
          "test accuracy %.2f %% on %d names, %.1f s; written to %s%n",
          100 * result.testAccuracy(),
          data.test().size(),
          result.seconds(),
          written);
    }
  }

  private Map<String, Object> document(NamesResult result, Backend opened, Path written) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("backend", opened.info().name());
    document.put("threads", opened.info().threads());
    document.put("seed", seed);
    document.put("epochs", result.epochs().stream().map(TrainNamesCommand::row).toList());
    document.put("testAccuracy", result.interrupted() ? null : result.testAccuracy());
    document.put("interrupted", result.interrupted());
    document.put("seconds", result.seconds());
    document.put("output", written.toString());
    return document;
  }

  private static Map<String, Object> row(NamesEpoch epoch) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", epoch.epoch());
    row.put("trainingLoss", epoch.trainingLoss());
    row.put("validationLoss", epoch.validationLoss());
    row.put("validationAccuracy", epoch.validationAccuracy());
    row.put("seconds", epoch.seconds());
    return row;
  }
}
