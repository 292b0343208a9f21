package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.chart.LearningCurve;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.training.BatchReport;
import org.recur4j.models.training.EpochReport;
import org.recur4j.models.training.JsonLinesListener;
import picocli.CommandLine.Option;

/** What is kept of a training's course besides what a person sees. */
final class RecordOption {
  private static final String PNG = ".png";

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Append a JSON object for each epoch to this file.")
  private Path log;

  @Option(
      names = "--curve",
      paramLabel = "FILE.png",
      description = "Draw losses and accuracy by epoch, as PNG and, beside it, as SVG.")
  private Path curve;

  /** Refuses what could not be written at the end. */
  void check() {
    if (log != null) {
      OutputFile.check("--log", log);
    }
    if (curve != null) {
      OutputFile.check("--curve", curve);
      if (!curve.getFileName().toString().endsWith(PNG)) {
        throw new InvalidArgumentException(
            "train", "--curve " + curve, "a file that ends in " + PNG, "Add the ending");
      }
    }
  }

  /** The same progress, recorded. */
  Recording open(TaskProgress shown) {
    return new Recording(shown, log == null ? null : JsonLinesListener.ofEpochs(log));
  }

  /** Draws what was recorded, if a picture is wanted and there is an epoch to draw. */
  void draw(String title, Recording recording) {
    if (curve != null && !recording.epochs.isEmpty()) {
      String name = curve.getFileName().toString();
      Path svg = curve.resolveSibling(name.substring(0, name.length() - PNG.length()) + ".svg");
      LearningCurve.write(curve, svg, title, recording.epochs);
    }
  }

  /** Passes everything on and keeps the epochs. */
  static final class Recording implements TaskProgress, AutoCloseable {
    private final TaskProgress shown;
    private final JsonLinesListener log;
    private final List<EpochReport> epochs = new ArrayList<>();

    private Recording(TaskProgress shown, JsonLinesListener log) {
      this.shown = shown;
      this.log = log;
    }

    @Override
    public void describe(String text) {
      shown.describe(text);
    }

    @Override
    public void onResume(int epoch, int batch) {
      shown.onResume(epoch, batch);
      if (log != null) {
        log.onResume(epoch, batch);
      }
    }

    @Override
    public void onBatch(BatchReport report) {
      shown.onBatch(report);
    }

    @Override
    public void onEpoch(EpochReport report) {
      shown.onEpoch(report);
      epochs.add(report);
      if (log != null) {
        log.onEpoch(report);
      }
    }

    @Override
    public boolean stopRequested() {
      return shown.stopRequested();
    }

    @Override
    public void close() {
      if (log != null) {
        log.close();
      }
    }
  }
}
