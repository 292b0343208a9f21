package org.recur4j.models.series;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * Differencing of a series: d[t] = x[t] − x[t − lag].
 *
 * @param lag steps, at least 1; 1 removes a trend, the length of a season removes the season
 */
public record Differencing(int lag) {
  /** Checks the lag. */
  public Differencing {
    if (lag < 1) {
      throw new InvalidArgumentException(
          "Differencing", "lag " + lag, "at least 1", "Use 1, or the length of a season");
    }
  }

  /**
   * Returns the differences of a series.
   *
   * @param series longer than the lag; finite numbers
   * @return {@code [T − lag]}, the first for step {@code lag}
   * @throws InvalidArgumentException if the series is too short, or a number or a difference is not
   *     finite
   */
  public double[] apply(double[] series) {
    check("Differencing.apply", series, lag + 1L);
    double[] differences = new double[series.length - lag];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = inRange("Differencing.apply", series[i + lag] - series[i], i + lag);
    }
    return differences;
  }

  /**
   * Returns the series with given differences, for example forecasts from forecast differences.
   *
   * @param history the steps before, at least {@code lag}; finite numbers
   * @param differences the differences of the steps that follow
   * @return as many steps
   * @throws InvalidArgumentException if the history is too short, or a number or a sum is not
   *     finite
   */
  public double[] inverse(double[] history, double[] differences) {
    check("Differencing.inverse", history, lag);
    SeriesChecks.finite("Differencing.inverse", differences);
    double[] series = new double[differences.length];
    for (int i = 0; i < series.length; i++) {
      double before = i < lag ? history[history.length - lag + i] : series[i - lag];
      series[i] = inRange("Differencing.inverse", before + differences[i], i);
    }
    return series;
  }

  private static double inRange(String operation, double value, int step) {
    if (!Double.isFinite(value)) {
      throw new InvalidArgumentException(
          operation,
          value + " at step " + step,
          "a result within double's range",
          "Scale the series before taking differences");
    }
    return value;
  }

  private static void check(String operation, double[] series, long least) {
    if (series.length < least) {
      throw new InvalidArgumentException(
          operation,
          series.length + " steps",
          "at least " + least,
          "Give a longer series, or a shorter lag");
    }
    SeriesChecks.finite(operation, series);
  }
}
