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
 * A listener that writes the reports of training to a file, one JSON object per line. Each line is
 * passed to the operating system before training continues. An existing file is appended to, so
 * that killed and resumed training has one log: an incomplete line of this listener at the end is
 * removed, any other text is kept and terminated by a newline, and a {@code "resume"} line gives
 * the position from which training resumes. A device or a pipe, such as {@code /dev/stdout}, is
 * simply written to. Numbers that are not finite are written as {@code null}.
 *
 * <p>A failure to write does not stop training. The first failure is passed to the handler of
 * {@link #onFailure} or, without one, logged as a warning to the system logger {@code org.recur4j};
 * nothing is written from then on, and {@link #failure} returns the failure.
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

  /**
   * Returns whether to keep a last line without a newline; only an incomplete line of this listener
   * is removed.
   */
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
   * Returns a listener that writes the epochs.
   *
   * @param file the file, which is created or appended to; may be a pipe or {@code /dev/stdout}
   * @return the listener, to be closed by the caller
   * @throws RecurException if the file cannot be opened
   */
  public static JsonLinesListener ofEpochs(Path file) {
    return new JsonLinesListener(file, false);
  }

  /**
   * Returns a listener that writes the epochs and every batch.
   *
   * @param file the file, which is created or appended to; may be a pipe or {@code /dev/stdout}
   * @return the listener, to be closed by the caller
   * @throws RecurException if the file cannot be opened
   */
  public static JsonLinesListener ofBatches(Path file) {
    return new JsonLinesListener(file, true);
  }

  /**
   * Sets the handler to call when a line cannot be written.
   *
   * @param handler the handler, called at most once, on the training thread or by {@link #close}
   * @return this listener
   */
  public JsonLinesListener onFailure(Consumer<RecurException> handler) {
    this.onFailure = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * Returns the reason why the log is incomplete.
   *
   * @return the first failure to write or to close the file; empty if there is none
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

  /** Closes the file. It does not throw, because the model is often saved afterward. */
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
   * Reads the epochs of a log. A repeated epoch, from a checkpoint or from a new training run,
   * replaces the earlier report and all reports after it.
   *
   * @param file a file written by this listener; an incomplete line at the end is ignored
   * @return the epochs in order
   * @throws RecurException if the file cannot be read or a line is invalid
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
            "training log " + file,
            got,
            "lines written by JsonLinesListener",
            "Pass a file that JsonLinesListener wrote"),
        cause);
  }
}
