package org.recur4j.models.comparison;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Two backends on one measure, of which less is better. What is looked at is the ratio within each
 * round, because what slows a machine down slows both of a round.
 *
 * @param first a backend's name
 * @param second another's
 * @param ratio of the first's figure to the second's
 */
public record Contrast(String first, String second, Estimate ratio) {
  /** What may be said. */
  public enum Outcome {
    /** The first needs less. */
    FIRST,
    /** The second needs less. */
    SECOND,
    /** The interval holds 1: either could be the better one. */
    NO_SIGNIFICANT_DIFFERENCE,
    /** Too few rounds for an interval. */
    TOO_FEW_ROUNDS
  }

  /**
   * Compares.
   *
   * @param first a backend's name
   * @param firstRounds a figure above 0 for each round
   * @param second another's name
   * @param secondRounds as many, of the same rounds
   * @param confidence of the interval, in (0, 1)
   * @return the contrast
   */
  public static Contrast of(
      String first, double[] firstRounds, String second, double[] secondRounds, double confidence) {
    if (firstRounds.length != secondRounds.length) {
      throw new InvalidArgumentException(
          "Contrast of " + first + " and " + second,
          firstRounds.length + " and " + secondRounds.length + " rounds",
          "a figure of each for every round",
          "Leave rounds out in which one is missing");
    }
    double[] ratios = new double[firstRounds.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = firstRounds[i] / secondRounds[i];
    }
    return new Contrast(first, second, Estimate.ofMedian(ratios, confidence));
  }

  /**
   * What may be said.
   *
   * @return who needs less, or that nobody knows
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
      case TOO_FEW_ROUNDS -> "too few rounds to tell (" + figures + ")";
    };
  }

  /** 95, but 97.5. */
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
