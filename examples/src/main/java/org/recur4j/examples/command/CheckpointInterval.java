package org.recur4j.examples.command;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.schedule.Interval;
import picocli.CommandLine.Option;

/** How often a training keeps what it needs to go on. */
final class CheckpointInterval {
  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Seconds between two checkpoints: what a killed training has to do again.")
  private double seconds;

  Interval interval() {
    if (!(seconds >= 0)) {
      throw new InvalidArgumentException(
          "train", "--checkpoint-seconds " + seconds, "at least 0", "Correct the option");
    }
    return Interval.seconds(seconds);
  }
}
