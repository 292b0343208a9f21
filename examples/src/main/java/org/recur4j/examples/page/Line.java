package org.recur4j.examples.page;

import java.util.Objects;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A curve. Where a value is not finite the curve has a gap.
 *
 * @param name in the legend
 * @param x where the points are, ascending
 * @param y their values, as many
 * @param low where a band around the curve begins, as many; or null for no band
 * @param high where it ends; null together with {@code low}
 */
public record Line(String name, double[] x, double[] y, double[] low, double[] high) {
  /**
   * Checks and copies the points.
   *
   * @throws InvalidArgumentException if the arrays differ in length, or only one edge of a band is
   *     there
   */
  public Line {
    Objects.requireNonNull(name);
    boolean band = low != null && high != null;
    if (x.length != y.length
        || (low == null) != (high == null)
        || (band && (low.length != x.length || high.length != x.length))) {
      throw new InvalidArgumentException(
          "line '" + name + "'",
          x.length + " x, " + y.length + " y, " + count(low) + " low, " + count(high) + " high",
          "as many of each; low and high both or neither",
          "Give every point a value, NaN where there is none");
    }
    x = x.clone();
    y = y.clone();
    low = band ? low.clone() : null;
    high = band ? high.clone() : null;
  }

  /**
   * A curve without a band.
   *
   * @param name in the legend
   * @param x where the points are, ascending
   * @param y their values, as many
   */
  public Line(String name, double[] x, double[] y) {
    this(name, x, y, null, null);
  }

  private static String count(double[] values) {
    return values == null ? "no" : String.valueOf(values.length);
  }
}
