package org.recur4j.models.series;

import java.util.List;

/**
 * A split of the windows of a series into two parts that share no step.
 *
 * @param training the earlier windows, for training
 * @param validation the later windows, for validation
 */
public record WindowSplit(List<Window> training, List<Window> validation) {
  /** Copies the lists. */
  public WindowSplit {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }
}
