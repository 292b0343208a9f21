package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;

/** What a person sees of a training: a bar that moves, a line for each epoch. */
final class Protocol implements TaskProgress, AutoCloseable {
  private final PrintWriter out;
  private final Progress bar;
  private final BooleanSupplier stop;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private double seconds;

  /** Prints nothing where {@code out} is null. */
  Protocol(PrintWriter out, Progress bar, BooleanSupplier stop) {
    this.out = out;
    this.bar = bar;
    this.stop = stop;
  }

  @Override
  public void describe(String text) {
    if (out != null) {
      bar.pause();
      out.println(text);
    }
  }

  @Override
  public void onResume(int epoch, int batch, List<EpochReport> finished) {
    finished.forEach(this::count);
    describe("continues in epoch " + epoch + " after " + batch + " batches");
  }

  @Override
  public void onBatch(BatchReport report) {
    bar.batchDone(report.epoch(), report.batch(), report.batches());
  }

  @Override
  public void onEpoch(EpochReport report) {
    count(report);
    describe(line(report));
  }

  private void count(EpochReport report) {
    seconds += report.seconds();
    rows.add(row(report));
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  /** Takes the bar away so that results can be printed. */
  void pause() {
    bar.pause();
  }

  /** A row for each finished epoch. */
  List<Map<String, Object>> rows() {
    return List.copyOf(rows);
  }

  private String line(EpochReport report) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT, "epoch %3d  training loss %.4f", report.epoch(), report.loss()));
    if (report.validation() != null) {
      line.append(String.format(Locale.ROOT, "  validation loss %.4f", report.validation().loss()));
      if (!Double.isNaN(report.validation().accuracy())) {
        line.append(
            String.format(
                Locale.ROOT,
                "  validation accuracy %6.2f %%",
                100 * report.validation().accuracy()));
      }
    }
    return line.append(String.format(Locale.ROOT, "  %6.1f s", seconds)).toString();
  }

  private static Map<String, Object> row(EpochReport report) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", report.epoch());
    row.put("trainingLoss", number(report.loss()));
    if (report.validation() != null) {
      row.put("validationLoss", number(report.validation().loss()));
      row.put("validationAccuracy", number(report.validation().accuracy()));
    }
    row.put("seconds", report.seconds());
    return row;
  }

  /** JSON has no word for "not a number". */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  @Override
  public void close() {
    bar.close();
  }
}
