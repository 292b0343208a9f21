package org.recur4j.models.training.report;

import java.util.List;

/**
 * The result of training.
 *
 * @param epochs the reports of the epochs, in order
 * @param end the reason why training ended
 * @param gradientHorizon the maximum number of steps over which gradients were propagated: the
 *     length of the longest training example, or of the chunk of truncated backpropagation if that
 *     is shorter
 * @param seconds the duration of training and validation in seconds, including the time before the
 *     checkpoint from which training resumed, but not the time between the last checkpoint and the
 *     end of a killed process
 */
public record TrainingResult(
    List<EpochReport> epochs, End end, int gradientHorizon, double seconds) {
  /** Copies the list. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** The reasons why training ends. */
  public enum End {
    /** All epochs were completed. */
    COMPLETED,
    /** The criterion stopped improving; the best weights were restored. */
    STOPPED_EARLY,
    /**
     * A listener or an interrupt of the thread requested it; the best weights so far, if kept, were
     * restored.
     */
    INTERRUPTED
  }
}
