package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Times of one thing that was repeated, round by round.
 *
 * @param rounds seconds; at least one round, none empty
 */
public record Durations(List<double[]> rounds) {
  /** Copies the list; the arrays are not copied. */
  public Durations {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.stream().anyMatch(round -> round.length == 0)) {
      throw new InvalidArgumentException(
          "Durations",
          rounds.isEmpty() ? "no round" : "a round without a time",
          "at least one time in at least one round",
          "Let it run for longer: more steps, epochs or seconds");
    }
  }

  /**
   * The smallest time that at least this part of all times does not exceed.
   *
   * @param percent above 0, at most 100
   * @return seconds
   */
  public double percentile(double percent) {
    return percentile(all(), percent);
  }

  /**
   * How many times there are.
   *
   * @return over all rounds
   */
  public int count() {
    return rounds.stream().mapToInt(round -> round.length).sum();
  }

  /**
   * One figure a round: rounds are far apart and hardly know of each other, neighboring times do.
   *
   * @return the rounds' medians, seconds
   */
  public double[] medians() {
    return rounds.stream().mapToDouble(round -> percentile(round, 50)).toArray();
  }

  /**
   * The typical time.
   *
   * @param confidence of the interval, in (0, 1)
   * @return median of the rounds' medians, seconds
   */
  public Estimate typical(double confidence) {
    return Estimate.ofMedian(medians(), confidence);
  }

  /**
   * Whether it was still getting faster.
   *
   * @param confidence of the interval, in (0, 1)
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
