package org.recur4j.models.training.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AppendedFile;
import org.recur4j.models.file.FileKind;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonFields;

/**
 * Writes what a training says into a file, one JSON object a line, handed to the operating system
 * before training goes on. A file that is there is continued, so that a training which was killed
 * leaves one log: half a line of this listener at its end is cut off, any other text is kept and
 * ended, and a line {@code "resume"} says from where the next lines count. A device or a pipe, such
 * as {@code /dev/stdout}, is written to as it is. Numbers that are not finite are {@code null}.
 *
 * <p>A log that cannot be written any longer costs no training: the first failure is reported once,
 * to {@link #onFailure} or else as a warning to the system logger {@code org.recur4j}; nothing is
 * written from then on, and {@link #failure} returns it.
 *
 * <pre>{@code
 * {"event":"epoch","epoch":1,"epochs":20,"loss":0.69,"validationLoss":0.65,
 *  "validationAccuracy":0.61,"validationAnswers":800,"best":true,"seconds":1.5}
 * }</pre>
 */
public final class JsonLinesListener implements TrainingListener, AutoCloseable {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private static final String BEGINNING = "{\"event\":\"";

  private final AppendedFile file;
  private final boolean batches;
  private Consumer<RecurException> onFailure =
      failure ->
          System.getLogger("org.recur4j").log(System.Logger.Level.WARNING, failure.getMessage());
  private RecurException failure;

  private JsonLinesListener(Path file, boolean batches) {
    this.file = AppendedFile.open(file, JsonLinesListener::isKept);
    this.batches = batches;
  }

  /** A last line without its end is cut off only if it is the beginning of one of ours. */
  private static boolean isKept(String line) {
    if (!line.startsWith(BEGINNING) && !BEGINNING.startsWith(line)) {
      return true;
    }
    try {
      JsonFields.parse(line);
      return true;
    } catch (RecurException e) {
      return false;
    }
  }

  /**
   * Writes epochs.
   *
   * @param file created, or continued if it is there; lines flow into a pipe or {@code /dev/stdout}
   * @return a listener; close it
   * @throws RecurException if the file cannot be opened
   */
  public static JsonLinesListener ofEpochs(Path file) {
    return new JsonLinesListener(file, false);
  }

  /**
   * Writes epochs and every batch.
   *
   * @param file created, or continued if it is there; lines flow into a pipe or {@code /dev/stdout}
   * @return a listener; close it
   * @throws RecurException if the file cannot be opened
   */
  public static JsonLinesListener ofBatches(Path file) {
    return new JsonLinesListener(file, true);
  }

  /**
   * Sets what is told when a line cannot be written.
   *
   * @param handler called at most once, on the training thread or by {@link #close}; without it a
   *     warning is logged
   * @return this listener
   */
  public JsonLinesListener onFailure(Consumer<RecurException> handler) {
    this.onFailure = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Returns why the log is incomplete.
   *
   * @return the first failure to write or to close the file; empty while there is none
   */
  public Optional<RecurException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void onResume(int epoch, int batch, List<EpochReport> finished) {
    JsonObject line = line("resume", epoch);
    line.addProperty("batch", batch);
    write(line);
  }

  @Override
  public void onBatch(BatchReport report) {
    if (batches) {
      JsonObject line = line("batch", report.epoch());
      line.addProperty("batch", report.batch());
      line.addProperty("batches", report.batches());
      line.addProperty("loss", finite(report.loss()));
      line.addProperty("gradientNorm", finite(report.gradientNorm()));
      line.addProperty("applied", report.applied());
      if (!report.fault().isEmpty()) {
        line.addProperty("fault", report.fault());
      }
      write(line);
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    JsonObject line = line("epoch", report.epoch());
    line.addProperty("epochs", report.epochs());
    line.addProperty("loss", finite(report.loss()));
    if (report.validation() != null) {
      line.addProperty("validationLoss", finite(report.validation().loss()));
      line.addProperty("validationAccuracy", finite(report.validation().accuracy()));
      line.addProperty("validationAnswers", report.validation().answers());
      if (!report.validation().metrics().isEmpty()) {
        JsonObject metrics = new JsonObject();
        report
            .validation()
            .metrics()
            .forEach((name, value) -> metrics.addProperty(name, finite(value)));
        line.add("validationMetrics", metrics);
      }
    }
    line.addProperty("best", report.best());
    line.addProperty("seconds", finite(report.seconds()));
    write(line);
  }

  private static JsonObject line(String event, int epoch) {
    JsonObject line = new JsonObject();
    line.addProperty("event", event);
    line.addProperty("epoch", epoch);
    return line;
  }

  private static Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private void write(JsonObject line) {
    if (failure == null) {
      try {
        file.append(GSON.toJson(line));
      } catch (RecurException e) {
        fail(e);
      }
    }
  }

  private void fail(RecurException e) {
    failure = e;
    onFailure.accept(e);
  }

  /** Closes the file. Does not throw: what follows is often the saving of the model. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (RecurException e) {
      if (failure == null) {
        fail(e);
      }
    }
  }

  /**
   * Reads the epochs of a log. An epoch that was run again, from a checkpoint or because another
   * training began, replaces what stood there and whatever came after it.
   *
   * @param file what this listener wrote; half a line of it at the end is left out
   * @return the epochs in order
   * @throws RecurException if the file cannot be read or a line is not understood
   */
  public static List<EpochReport> readEpochs(Path file) {
    NavigableMap<Integer, EpochReport> epochs = new TreeMap<>();
    int number = 0;
    for (String text : wholeLines(file)) {
      number++;
      try {
        JsonFields line = JsonFields.parse(text);
        int epoch = line.count("epoch", 1);
        if (line.text("event").equals("epoch")) {
          epochs.tailMap(epoch).clear();
          epochs.put(epoch, epoch(line, epoch));
        }
      } catch (RecurException e) {
        throw unreadable(
            file, "line " + number + ", '" + Excerpt.of(text) + "' (" + e.getMessage() + ")", e);
      }
    }
    return new ArrayList<>(epochs.values());
  }

  private static EpochReport epoch(JsonFields line, int epoch) {
    Evaluation validation =
        line.has("validationLoss")
            ? new Evaluation(
                line.numberOrNull("validationLoss"),
                line.numberOrNull("validationAccuracy"),
                line.whole("validationAnswers", 0),
                line.has("validationMetrics")
                    ? line.object("validationMetrics").numbersOrNull()
                    : Map.of())
            : null;
    return new EpochReport(
        epoch,
        line.count("epochs", epoch),
        line.numberOrNull("loss"),
        validation,
        line.flag("best"),
        line.numberOrNull("seconds"));
  }

  private static List<String> wholeLines(Path file) {
    try {
      FileKind kind = FileKind.of(file);
      if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
        // Reading a pipe or a terminal would wait for a writer.
        throw unreadable(file, kind.description(), null);
      }
      String text = Files.readString(file);
      int end = text.lastIndexOf('\n') + 1;
      return (isKept(text.substring(end)) ? text : text.substring(0, end)).lines().toList();
    } catch (IOException e) {
      throw unreadable(file, e.toString(), e);
    }
  }

  private static RecurException unreadable(Path file, String got, Exception cause) {
    return new RecurException(
        RecurException.message(
            "log of a training in " + file,
            got,
            "lines as JsonLinesListener writes them",
            "Give the file that a training wrote"),
        cause);
  }
}
