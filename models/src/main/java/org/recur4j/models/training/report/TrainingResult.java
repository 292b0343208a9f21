package org.recur4j.models.training.report;

import java.util.List;

/**
 * What training came to.
 *
 * @param epochs one report each, in order
 * @param end why it ended
 * @param gradientHorizon over how many steps at most a loss reached back: the length of the longest
 *     example learned from, or of the chunk of truncated backpropagation if that is shorter
 * @param seconds of training and validation, those before a checkpoint that it went on from
 *     included; what a killed process did after its last checkpoint is not
 */
public record TrainingResult(
    List<EpochReport> epochs, End end, int gradientHorizon, double seconds) {
  /** Copies the list. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** Why training ended. */
  public enum End {
    /** All epochs were run. */
    COMPLETED,
    /** The validation loss stopped falling; the best weights were put back. */
    STOPPED_EARLY,
    /**
     * A listener, or an interrupt of the thread, asked for it; the best weights so far were put
     * back.
     */
    INTERRUPTED
  }
}
