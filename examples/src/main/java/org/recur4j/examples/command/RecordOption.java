package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.chart.LearningCurve;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.training.BatchReport;
import org.recur4j.models.training.EpochReport;
import org.recur4j.models.training.Interval;
import org.recur4j.models.training.JsonLinesListener;
import org.recur4j.models.training.Trainer;
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

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Keep what is needed to go on in this file. If it is there already, training goes on from"
              + " it and ends as if it had never stopped.")
  private Path checkpoint;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Seconds between two checkpoints.")
  private double checkpointSeconds;

  /** Refuses what could not be written at the end. */
  void check() {
    if (log != null) {
      OutputFile.check("--log", log);
    }
    if (checkpoint != null) {
      OutputFile.check("--checkpoint", checkpoint);
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
    JsonLinesListener lines = log == null ? null : JsonLinesListener.ofEpochs(log);
    return new Recording(shown, lines, checkpoint, Interval.seconds(checkpointSeconds));
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
    private final Path checkpoint;
    private final Interval interval;
    private final List<EpochReport> epochs = new ArrayList<>();

    private Recording(
        TaskProgress shown, JsonLinesListener log, Path checkpoint, Interval interval) {
      this.shown = shown;
      this.log = log;
      this.checkpoint = checkpoint;
      this.interval = interval;
    }

    @Override
    public <E> Trainer<E> follow(Trainer<E> trainer) {
      trainer.listener(this);
      return checkpoint == null ? trainer : trainer.checkpoint(checkpoint, interval);
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
