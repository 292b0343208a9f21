package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A median with an interval that holds whatever the distribution: times are skewed, have two humps
 * where a clock changes, and never a normal distribution's tails. The interval's ends are the k-th
 * smallest and the k-th largest value, for the largest k at which at most the rest of the
 * confidence is outside; it follows from the binomial distribution alone, so that nothing is drawn
 * at random and nothing needs a table (Conover, Practical Nonparametric Statistics, 3rd ed. 1999,
 * section 3.2).
 *
 * @param value the median
 * @param low end of the interval; NaN where there are too few values for one
 * @param high end of the interval; NaN likewise
 * @param confidence asked for, in (0, 1)
 * @param count how many values
 */
public record Estimate(double value, double low, double high, double confidence, int count) {
  /**
   * The median of values that are independent of each other.
   *
   * @param values at least one, none NaN
   * @param confidence of the interval, in (0, 1), e.g. 0.95, which takes six values
   * @return median and interval
   */
  public static Estimate ofMedian(double[] values, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw refuse("a confidence of " + confidence, "a number between 0 and 1");
    }
    if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw refuse(
          values.length == 0 ? "no value" : "not a number among the values",
          "at least one, all numbers");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    int outside = outside(count, (1 - confidence) / 2);
    return outside == 0
        ? new Estimate(median, Double.NaN, Double.NaN, confidence, count)
        : new Estimate(median, sorted[outside - 1], sorted[count - outside], confidence, count);
  }

  /** The largest k with P(X &lt; k) at most the tail, X binomial of n tosses of a fair coin. */
  private static int outside(int count, double tail) {
    double logarithm = -count * Math.log(2);
    double below = 0;
    int k = 0;
    while (k < (count + 1) / 2) {
      below += Math.exp(logarithm);
      if (below > tail) {
        return k;
      }
      logarithm += Math.log((count - k) / (k + 1.0));
      k++;
    }
    return k;
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException("Estimate", got, expected, "Measure again");
  }

  /**
   * Whether there were values enough for an interval.
   *
   * @return false with fewer than six values at 95 %
   */
  public boolean hasInterval() {
    return !Double.isNaN(low);
  }

  /**
   * The same in another unit.
   *
   * @param factor above 0
   * @return every figure times the factor
   */
  public Estimate times(double factor) {
    return new Estimate(value * factor, low * factor, high * factor, confidence, count);
  }

  @Override
  public String toString() {
    return hasInterval()
        ? String.format(Locale.ROOT, "%.4g (%.4g to %.4g)", value, low, high)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
