package org.recur4j.models.series;

import java.util.List;

/**
 * Windows of a series in two parts that share no step.
 *
 * @param training what a model learns from: the earlier windows
 * @param validation what it is measured on: the later windows
 */
public record WindowSplit(List<Window> training, List<Window> validation) {
  /** Copies the lists. */
  public WindowSplit {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }
}
