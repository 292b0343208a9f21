package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.Locale;

/**
 * The trend of repeated measurements, which shows whether they were still becoming faster because
 * of just-in-time compilation. Each round of the first half is paired with the corresponding round
 * of the second half, and the ratios are treated like those of two backends (Cox and Stuart 1955,
 * Some quick sign tests for trend in location and dispersion).
 *
 * @param ratio median ratio of a later round to the earlier one; 1 without pairs
 * @param largest largest ratio of all pairs; 1 without pairs
 */
public record Trend(Estimate ratio, double largest) {
  /**
   * The largest relative change that is ignored, even if significant, because it hardly affects the
   * ratio of two backends.
   */
  public static final double TOLERATED = 0.05;

  /** The minimum number of pairs; three pairs agree by chance one time in eight. */
  private static final int FEWEST = 4;

  /**
   * Computes the trend of rounds.
   *
   * @param rounds one measurement above 0 per round, in chronological order, at least one
   * @param confidence confidence level of the interval, in (0, 1), for example 0.95, which requires
   *     twelve rounds
   * @return the trend
   */
  public static Trend of(double[] rounds, double confidence) {
    int pairs = rounds.length / 2;
    double[] ratios = pairs == 0 ? new double[] {1} : new double[pairs];
    for (int i = 0; i < pairs; i++) {
      // With an odd number of rounds, the middle one is not used.
      ratios[i] = rounds[rounds.length - pairs + i] / rounds[i];
    }
    return new Trend(
        Estimate.ofMedian(ratios, confidence), Arrays.stream(ratios).max().getAsDouble());
  }

  /**
   * Returns whether more rounds would have yielded smaller figures.
   *
   * @return true if later rounds took less by more than {@link #TOLERATED} and 1 is outside the
   *     interval or, with too few pairs for an interval, if all of at least four pairs decrease
   */
  public boolean isFalling() {
    boolean sure = ratio.hasInterval() ? ratio.high() < 1 : ratio.count() >= FEWEST && largest < 1;
    return sure && ratio.value() < 1 - TOLERATED;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "later rounds took %.2f of the time of earlier ones%s",
        ratio.value(),
        ratio.hasInterval()
            ? String.format(Locale.ROOT, " (%.2f to %.2f)", ratio.low(), ratio.high())
            : "");
  }
}
