package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * How often a checkpoint is written.
 *
 * @param batches after so many, at least 1
 * @param seconds after so much time, if that is later; at least 0
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
   * By count.
   *
   * @param count batches, at least 1
   * @return the interval
   */
  public static Interval batches(long count) {
    return new Interval(count, 0);
  }

  /**
   * By the clock. How often it strikes changes no weight.
   *
   * @param duration seconds, at least 0; then after the batch that is running
   * @return the interval
   */
  public static Interval seconds(double duration) {
    return new Interval(1, duration);
  }
}
