package org.recur4j.models.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AppendedFile;
import org.recur4j.models.file.FileKind;
import org.recur4j.models.json.Excerpt;
import org.recur4j.models.json.JsonFields;

/**
 * Writes what a training says into a file, one JSON object a line, handed to the operating system
 * before training goes on. A file that is there is continued, so that a training which was killed
 * leaves one protocol: half a line at its end is cut off, one that lacks only its end is kept, and
 * a line {@code "resume"} says from where the next lines count. Numbers that are not finite are
 * {@code null}.
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

  private JsonLinesListener(Path file, boolean batches) {
    this.file = AppendedFile.open(file, line -> isWhole(line) || !isOurs(line));
    this.batches = batches;
  }

  /** What another program wrote is not ours to cut. */
  private static boolean isOurs(String line) {
    return line.startsWith(BEGINNING) || BEGINNING.startsWith(line);
  }

  private static boolean isWhole(String line) {
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
   * @throws RecurException if the file cannot be written
   */
  public static JsonLinesListener ofEpochs(Path file) {
    return new JsonLinesListener(file, false);
  }

  /**
   * Writes epochs and every batch.
   *
   * @param file created, or continued if it is there; lines flow into a pipe or {@code /dev/stdout}
   * @return a listener; close it
   * @throws RecurException if the file cannot be written
   */
  public static JsonLinesListener ofBatches(Path file) {
    return new JsonLinesListener(file, true);
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
    file.append(GSON.toJson(line));
  }

  @Override
  public void close() {
    file.close();
  }

  /**
   * Reads the epochs of a protocol. An epoch that was run again, from a checkpoint or because
   * another training began, replaces what stood there and whatever came after it.
   *
   * @param file what this listener wrote; half a line at its end is left out
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
                line.whole("validationAnswers", 0))
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
      return text.substring(0, isWhole(text.substring(end)) ? text.length() : end).lines().toList();
    } catch (IOException e) {
      throw unreadable(file, e.toString(), e);
    }
  }

  private static RecurException unreadable(Path file, String got, Exception cause) {
    return new RecurException(
        RecurException.message(
            "protocol of a training in " + file,
            got,
            "lines as JsonLinesListener writes them",
            "Give the file that a training wrote"),
        cause);
  }
}
