package org.recur4j.examples.command;

import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.chart.LearningCurve;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.models.training.CheckpointFile;
import org.recur4j.models.training.JsonLinesListener;
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

  @Mixin private CheckpointInterval interval;

  /**
   * Refuses what could not be written at the end.
   *
   * @param output where the model goes
   */
  void check(Path output) {
    if (log != null) {
      OutputFile.check("--log", log);
    }
    if (checkpoint != null) {
      checkCheckpoint(output);
    }
    if (curve != null) {
      OutputFile.check("--curve", curve);
      if (!curve.getFileName().toString().endsWith(PNG)) {
        throw new InvalidArgumentException(
            "train", "--curve " + curve, "a file that ends in " + PNG, "Add the ending");
      }
    }
  }

  /** What is removed at the end must not be what is kept. */
  private void checkCheckpoint(Path output) {
    OutputFile.checkRegular("--checkpoint", checkpoint);
    List<Path> kept =
        log == null
            ? List.of(output, OutputFile.interrupted(output))
            : List.of(output, OutputFile.interrupted(output), log);
    for (Path own : List.of(checkpoint, new CheckpointFile(checkpoint).previous())) {
      for (Path other : kept) {
        if (own.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
          throw new InvalidArgumentException(
              "train",
              "--checkpoint " + checkpoint + ", which would replace " + other,
              "a file of its own",
              "Choose another name for one of them");
        }
      }
    }
    interval.interval();
  }

  /** The same progress, recorded. */
  Recording open(TaskProgress shown) {
    JsonLinesListener lines = log == null ? null : JsonLinesListener.ofEpochs(log);
    CheckpointFile kept = checkpoint == null ? null : new CheckpointFile(checkpoint);
    return new Recording(shown, lines, kept, interval.interval());
  }

  /** Draws what was recorded, if a picture is wanted and there is an epoch to draw. */
  void draw(String title, Recording recording) {
    if (curve != null && !recording.epochs().isEmpty()) {
      String name = curve.getFileName().toString();
      Path svg = curve.resolveSibling(name.substring(0, name.length() - PNG.length()) + ".svg");
      LearningCurve.write(curve, svg, title, recording.epochs());
    }
  }

  /** Told when training has run to its end and its model is saved. */
  void finished() {
    if (checkpoint != null) {
      new CheckpointFile(checkpoint).remove();
    }
  }

  /** The file that an interrupted training goes on from; null where nobody asked for that. */
  String resumable() {
    return checkpoint == null ? null : checkpoint.toString();
  }

  /** What to tell somebody who interrupted a training. */
  String interrupted(int epochs, Path written) {
    return "interrupted after "
        + epochs
        + " finished epochs; what was learned is in "
        + written
        + (checkpoint == null
            ? "; to go on another time, train with --checkpoint FILE"
            : "; give the same command again to go on from " + checkpoint);
  }
}
