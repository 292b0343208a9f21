package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The interval between two checkpoints.
 *
 * @param batches the minimum number of batches, at least 1
 * @param seconds the minimum time in seconds, at least 0; both minimums must be reached
 */
public record Interval(long batches, double seconds) {
  /** Checks the numbers. */
  public Interval {
    if (batches < 1 || !(seconds >= 0)) {
      throw new InvalidArgumentException(
          "checkpoint",
          "every " + batches + " batches, every " + seconds + " seconds",
          "at least 1 batch and at least 0 seconds",
          "Use Interval.batches(…) or Interval.seconds(…)");
    }
  }

  /**
   * Returns an interval in batches.
   *
   * @param count the number of batches, at least 1
   * @return the interval
   */
  public static Interval batches(long count) {
    return new Interval(count, 0);
  }

  /**
   * Returns an interval in time. The timing of checkpoints does not affect the weights.
   *
   * @param duration the time in seconds, at least 0; a checkpoint is written after the batch in
   *     which it elapses
   * @return the interval
   */
  public static Interval seconds(double duration) {
    return new Interval(1, duration);
  }
}
