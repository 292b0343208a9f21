package org.recur4j.models.comparison;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The comparison of two backends by a measure for which less is better. Ratios are computed within
 * each round, because a slowdown of the machine affects both backends of a round.
 *
 * @param first name of a backend
 * @param second name of another backend
 * @param ratio ratio of the first backend's measure to the second's
 */
public record PairwiseRatio(String first, String second, Estimate ratio) {
  /** The outcome of a comparison. */
  public enum Outcome {
    /** The first backend needs less. */
    FIRST,
    /** The second backend needs less. */
    SECOND,
    /** The interval contains 1, so neither is shown to be better. */
    NO_SIGNIFICANT_DIFFERENCE,
    /** There are too few rounds for an interval. */
    TOO_FEW_ROUNDS
  }

  /**
   * Compares two backends.
   *
   * @param first name of a backend
   * @param firstRounds its measure in each round, above 0
   * @param second name of another backend
   * @param secondRounds its measure in each of the same rounds
   * @param confidence confidence level of the interval, in (0, 1)
   * @return the contrast
   */
  public static PairwiseRatio of(
      String first, double[] firstRounds, String second, double[] secondRounds, double confidence) {
    if (firstRounds.length != secondRounds.length) {
      throw new InvalidArgumentException(
          "ratio of " + first + " and " + second,
          firstRounds.length + " and " + secondRounds.length + " rounds",
          "a figure of each backend for every round",
          "Omit rounds in which a figure is missing");
    }
    double[] ratios = new double[firstRounds.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = firstRounds[i] / secondRounds[i];
    }
    return new PairwiseRatio(first, second, Estimate.ofMedian(ratios, confidence));
  }

  /**
   * Returns the outcome.
   *
   * @return which backend needs less, or why that is undecided
   */
  public Outcome outcome() {
    if (!ratio.hasInterval()) {
      return Outcome.TOO_FEW_ROUNDS;
    }
    return ratio.high() < 1
        ? Outcome.FIRST
        : ratio.low() > 1 ? Outcome.SECOND : Outcome.NO_SIGNIFICANT_DIFFERENCE;
  }

  @Override
  public String toString() {
    String figures =
        String.format(
            Locale.ROOT,
            "%s : %s = %.2f%s, %d rounds",
            first,
            second,
            ratio.value(),
            ratio.hasInterval()
                ? String.format(
                    Locale.ROOT,
                    ", %s %% interval %.2f to %.2f",
                    percent(ratio.confidence()),
                    ratio.low(),
                    ratio.high())
                : "",
            ratio.count());
    return switch (outcome()) {
      case FIRST -> factor(first, second, 1 / ratio.value()) + " (" + figures + ")";
      case SECOND -> factor(second, first, ratio.value()) + " (" + figures + ")";
      case NO_SIGNIFICANT_DIFFERENCE -> "no significant difference (" + figures + ")";
      case TOO_FEW_ROUNDS -> "too few rounds to decide (" + figures + ")";
    };
  }

  /** Formats a share as a percentage, for example 95 or 97.5. */
  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String factor(String quick, String slow, double factor) {
    return String.format(Locale.ROOT, "%s is %.2f times as fast as %s", quick, factor, slow);
  }
}
