package org.recur4j.models.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.json.Excerpt;
import org.recur4j.models.json.JsonFields;

/**
 * Writes what a training says into a file, one JSON object a line, handed to the operating system
 * before training goes on. A file that is there is continued, so that a training which was killed
 * leaves one protocol: half a line at its end is cut off, and a line {@code "resume"} says from
 * where the next lines count. Numbers that are not finite are {@code null}.
 *
 * <pre>{@code
 * {"event":"epoch","epoch":1,"epochs":20,"loss":0.69,"validationLoss":0.65,
 *  "validationAccuracy":0.61,"validationAnswers":800,"best":true,"seconds":1.5}
 * }</pre>
 */
public final class JsonLinesListener implements TrainingListener, AutoCloseable {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final Path file;
  private final FileChannel channel;
  private final boolean batches;

  private JsonLinesListener(Path file, boolean batches) {
    this.file = file;
    this.batches = batches;
    try {
      this.channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      cutHalfLine();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Writes epochs.
   *
   * @param file created, or continued if it is there
   * @return a listener; close it
   * @throws RecurException if the file cannot be written
   */
  public static JsonLinesListener ofEpochs(Path file) {
    return new JsonLinesListener(file, false);
  }

  /**
   * Writes epochs and every batch.
   *
   * @param file created, or continued if it is there
   * @return a listener; close it
   * @throws RecurException if the file cannot be written
   */
  public static JsonLinesListener ofBatches(Path file) {
    return new JsonLinesListener(file, true);
  }

  /** Goes to the end, behind the last line that is whole. */
  private void cutHalfLine() throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    channel.truncate(end);
    channel.position(end);
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
    ByteBuffer bytes = ByteBuffer.wrap((GSON.toJson(line) + '\n').getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private RecurException unwritable(IOException e) {
    return new RecurException(
        RecurException.message(
            "protocol of a training in " + file,
            e.toString(),
            "a file that can be written",
            "Check folder, permissions and free space"),
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
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
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
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
