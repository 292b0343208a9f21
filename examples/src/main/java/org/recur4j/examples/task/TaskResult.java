package org.recur4j.examples.task;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The figures of a training.
 *
 * @param scores on the test part, the most important first; none if interrupted
 * @param epochs that were finished
 * @param interrupted whether somebody asked to stop
 * @param seconds of training, that before a checkpoint included, and of measuring
 */
public record TaskResult(List<Score> scores, int epochs, boolean interrupted, double seconds) {
  /** Copies the list. */
  public TaskResult {
    scores = List.copyOf(scores);
    if (scores.isEmpty() != interrupted) {
      throw new InvalidArgumentException(
          "TaskResult",
          scores.size() + " scores, interrupted " + interrupted,
          "scores, unless interrupted",
          "Measure the model when training has run to its end");
    }
  }
}
