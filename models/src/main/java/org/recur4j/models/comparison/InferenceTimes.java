package org.recur4j.models.comparison;

import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The inference times of one backend.
 *
 * @param backend description of the backend
 * @param calls durations of single calls, in rounds
 * @param sequences number of sequences per call, at least 1
 */
public record InferenceTimes(BackendInfo backend, Durations calls, int sequences) {
  /** Validates the number of sequences. */
  public InferenceTimes {
    if (sequences < 1) {
      throw new InvalidArgumentException(
          "InferenceTimes", sequences + " sequences per call", "at least 1", "Correct the number");
    }
  }

  /**
   * Returns the throughput under continuous load.
   *
   * @param confidence confidence level of the interval, in (0, 1)
   * @return sequences per second
   */
  public Estimate throughput(double confidence) {
    double[] rates = calls.medians();
    for (int i = 0; i < rates.length; i++) {
      rates[i] = sequences / rates[i];
    }
    return Estimate.ofMedian(rates, confidence);
  }
}
