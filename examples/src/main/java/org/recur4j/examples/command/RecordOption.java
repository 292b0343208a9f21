package org.recur4j.examples.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.chart.LearningCurve;
import org.recur4j.models.training.CheckpointFile;
import org.recur4j.models.training.report.JsonLinesListener;
import picocli.CommandLine.Mixin;
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
              + " it and ends as if it had never stopped. Removed when the model is saved.")
  private Path checkpoint;

  @Option(
      names = "--resume-despite",
      paramLabel = "NAME",
      split = ",",
      description =
          "Go on from the checkpoint although this differs from when it was begun, for instance"
              + " 'epochs' or 'examples'; the names are those that the refusal gives.")
  private List<String> despite = List.of();

  @Mixin private CheckpointInterval interval;

  /** Names what is written besides the model; refuses what could not be. */
  void name(Outputs outputs) {
    outputs.growing("--log", log);
    if (!despite.isEmpty() && checkpoint == null) {
      throw new InvalidArgumentException(
          "train",
          "--resume-despite without --checkpoint",
          "a checkpoint to go on from",
          "Add --checkpoint FILE, or leave --resume-despite out");
    }
    if (checkpoint != null) {
      outputs.regularFile("--checkpoint", checkpoint);
      outputs.beside("--checkpoint", checkpoint, new CheckpointFile(checkpoint).previous());
      interval.interval();
    }
    if (curve != null) {
      outputs.file("--curve", curve);
      if (!curve.getFileName().toString().endsWith(PNG)) {
        throw new InvalidArgumentException(
            "train", "--curve " + curve, "a file that ends in " + PNG, "Add the ending");
      }
      outputs.beside("--curve", curve, drawing());
    }
  }

  /**
   * The same progress, recorded, and not cut off before {@link Recording#letGo} is called. A log
   * that cannot be written any more is warned of once.
   */
  Recording open(Protocol shown, Outputs outputs, Interruption interruption) {
    JsonLinesListener lines =
        log == null
            ? null
            : JsonLinesListener.ofEpochs(log)
                .onFailure(
                    failure -> {
                      shown.pause();
                      outputs.failed("--log " + log, failure);
                    });
    CheckpointFile kept = checkpoint == null ? null : new CheckpointFile(checkpoint);
    return new Recording(shown, lines, kept, interval.interval())
        .resumingDespite(despite)
        .untilSaved(interruption);
  }

  /** Draws what was recorded, if a picture is wanted and there is an epoch to draw. */
  void draw(Outputs outputs, String title, Recording recording) {
    if (!recording.epochs().isEmpty()) {
      outputs.write(
          "--curve", curve, () -> LearningCurve.write(curve, drawing(), title, recording.epochs()));
    }
  }

  private Path drawing() {
    String name = curve.getFileName().toString();
    return curve.resolveSibling(name.substring(0, name.length() - PNG.length()) + ".svg");
  }

  /** Told when training has run to its end and its model is saved and measured. */
  void finished(Outputs outputs) {
    outputs.write("--checkpoint", checkpoint, () -> new CheckpointFile(checkpoint).remove());
  }

  /** The file that an interrupted training goes on from; null where nobody asked for that. */
  String resumable() {
    return checkpoint == null || !Files.exists(checkpoint) ? null : checkpoint.toString();
  }

  /** What to tell somebody who interrupts while the saved model is measured. */
  String unmeasured(Path written, String task) {
    return "interrupted before the model was measured; it is in "
        + written
        + (resumable() == null
            ? "; 'recur4j evaluate " + task + " --model " + written + "' measures it"
            : "; give the same command again to measure it");
  }

  /** What to tell somebody who interrupted a training. */
  String interrupted(int epochs, Path written) {
    return "interrupted after "
        + epochs
        + " finished epochs; what was learned is in "
        + written
        + (resumable() == null
            ? "; to go on another time, train with --checkpoint FILE"
            : "; give the same command again to go on from " + checkpoint);
  }
}
