package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The durations of a repeated operation, grouped by round.
 *
 * @param rounds durations in seconds; at least one round, none empty
 */
public record Durations(List<double[]> rounds) {
  /** Creates durations with a copy of the list; the arrays are not copied. */
  public Durations {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.stream().anyMatch(round -> round.length == 0)) {
      throw new InvalidArgumentException(
          "Durations",
          rounds.isEmpty() ? "no round" : "a round without a time",
          "at least one time in at least one round",
          "Increase the number of steps, epochs or seconds");
    }
  }

  /**
   * Returns a percentile of all durations, by the nearest-rank method.
   *
   * @param percent percentage, above 0, at most 100
   * @return seconds
   */
  public double percentile(double percent) {
    return percentile(all(), percent);
  }

  /**
   * Returns the number of durations.
   *
   * @return total over all rounds
   */
  public int count() {
    return rounds.stream().mapToInt(round -> round.length).sum();
  }

  /**
   * Returns one duration per round. Rounds are nearly independent of each other because they are
   * far apart in time; adjacent durations are not.
   *
   * @return the median of each round, in seconds
   */
  public double[] medians() {
    return rounds.stream().mapToDouble(round -> percentile(round, 50)).toArray();
  }

  /**
   * Returns the typical duration.
   *
   * @param confidence confidence level of the interval, in (0, 1)
   * @return the median of the rounds' medians, in seconds
   */
  public Estimate typical(double confidence) {
    return Estimate.ofMedian(medians(), confidence);
  }

  /**
   * Returns whether and how the durations changed over time.
   *
   * @param confidence confidence level of the interval, in (0, 1)
   * @return the trend of the rounds' medians
   */
  public Trend trend(double confidence) {
    return Trend.of(medians(), confidence);
  }

  private double[] all() {
    return rounds.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double percentile(double[] values, double percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(1, rank) - 1];
  }
}
