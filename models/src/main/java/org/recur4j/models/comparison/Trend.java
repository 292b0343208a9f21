package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whether what was repeated was still getting faster: compilers are at work for a while, and a
 * short comparison measures them. Each round of the first half is put beside the one half of all
 * rounds later, and the ratios are looked at as those of two backends are (Cox and Stuart 1955,
 * Some quick sign tests for trend in location and dispersion).
 *
 * @param ratio of a later round to the earlier one, the median of the pairs; 1 if there is none
 * @param largest of the pairs' ratios; 1 likewise
 */
public record Trend(Estimate ratio, double largest) {
  /** A change that hardly moves a ratio of two backends is none, however sure it is. */
  public static final double TOLERATED = 0.05;

  /** Three pairs agree one time in eight though there is nothing to agree about. */
  private static final int FEWEST = 4;

  /**
   * Looks at rounds.
   *
   * @param rounds a figure above 0 for each, in the order of time, at least one
   * @param confidence of the interval, in (0, 1), e.g. 0.95, which takes twelve rounds
   * @return the trend
   */
  public static Trend of(double[] rounds, double confidence) {
    int pairs = rounds.length / 2;
    double[] ratios = pairs == 0 ? new double[] {1} : new double[pairs];
    for (int i = 0; i < pairs; i++) {
      // With an odd number of rounds the one in the middle is left out.
      ratios[i] = rounds[rounds.length - pairs + i] / rounds[i];
    }
    return new Trend(
        Estimate.ofMedian(ratios, confidence), Arrays.stream(ratios).max().getAsDouble());
  }

  /**
   * Whether the figures are too large, because more rounds would have made them smaller.
   *
   * @return true if later rounds took less by more than {@link #TOLERATED} and 1 is outside the
   *     interval; where there are too few pairs for one, if all of at least four say so
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
