package org.recur4j.models.comparison;

import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * How long one backend takes to answer.
 *
 * @param backend where it ran
 * @param calls times of single calls, in rounds
 * @param sequences that a call answers, at least 1
 */
public record AnsweringCourse(BackendInfo backend, Durations calls, int sequences) {
  /** Checks the number. */
  public AnsweringCourse {
    if (sequences < 1) {
      throw new InvalidArgumentException(
          "AnsweringCourse", sequences + " sequences a call", "at least 1", "Correct the number");
    }
  }

  /**
   * What it answers when it is always asked.
   *
   * @param confidence of the interval, in (0, 1)
   * @return sequences a second
   */
  public Estimate throughput(double confidence) {
    double[] rates = calls.medians();
    for (int i = 0; i < rates.length; i++) {
      rates[i] = sequences / rates[i];
    }
    return Estimate.ofMedian(rates, confidence);
  }
}
