package org.recur4j.models.comparison;

import java.util.Arrays;
import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A median with a distribution-free confidence interval. Durations are skewed, may be bimodal when
 * clock rates change, and are never normally distributed. The interval extends from the k-th
 * smallest to the k-th largest value, where k is the largest number that preserves the confidence
 * level; it follows from the binomial distribution alone, without random numbers or tables
 * (Conover, Practical Nonparametric Statistics, 3rd ed. 1999, section 3.2).
 *
 * @param value median
 * @param low lower end of the interval; NaN if there are too few values
 * @param high upper end of the interval; NaN if there are too few values
 * @param confidence requested confidence level, in (0, 1)
 * @param count number of values
 */
public record Estimate(double value, double low, double high, double confidence, int count) {
  /**
   * Returns the median of independent values.
   *
   * @param values at least one value, none NaN
   * @param confidence confidence level of the interval, in (0, 1), for example 0.95, which requires
   *     six values
   * @return the median and its interval
   */
  public static Estimate ofMedian(double[] values, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw refuse("a confidence of " + confidence, "a number between 0 and 1");
    }
    if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw refuse(
          values.length == 0 ? "no value" : "NaN among the values", "at least one value, none NaN");
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

  /**
   * Returns the largest k with P(X &lt; k) at most the tail, where X is the number of heads in n
   * tosses of a fair coin.
   */
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
   * Returns whether there are enough values for an interval.
   *
   * @return false for fewer than six values at 95 %
   */
  public boolean hasInterval() {
    return !Double.isNaN(low);
  }

  /**
   * Returns this estimate in another unit.
   *
   * @param factor conversion factor, above 0
   * @return all figures multiplied by the factor
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
