package org.recur4j.examples.page;

import java.util.Objects;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A figure with its interval.
 *
 * @param name beside the bar
 * @param value at least 0; NaN if it was not measured, which the chart says in words
 * @param low where the interval begins; NaN if there is none
 * @param high where it ends; NaN if there is none
 */
public record Bar(String name, double value, double low, double high) {
  /**
   * Checks the figures.
   *
   * @throws InvalidArgumentException if the value is negative or infinite, or the interval ends
   *     before it begins
   */
  public Bar {
    Objects.requireNonNull(name);
    if (value < 0 || Double.isInfinite(value) || low > high || Double.isInfinite(high - low)) {
      throw new InvalidArgumentException(
          "bar '" + name + "'",
          value + " in [" + low + ", " + high + "]",
          "a finite value of at least 0 and an interval from low to high",
          "Use NaN for what was not measured");
    }
  }

  /**
   * A figure without an interval.
   *
   * @param name beside the bar
   * @param value at least 0; NaN if it was not measured
   */
  public Bar(String name, double value) {
    this(name, value, Double.NaN, Double.NaN);
  }

  boolean hasInterval() {
    return !Double.isNaN(value) && !Double.isNaN(low) && !Double.isNaN(high);
  }
}
