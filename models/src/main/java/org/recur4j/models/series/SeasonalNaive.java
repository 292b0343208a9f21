package org.recur4j.models.series;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The seasonal naive baseline: a forecast is the value at the same position of the last season.
 * With a season of 1 it is the last value.
 *
 * @param season number of steps, for example 7 for daily values with a weekly season; at least 1
 */
public record SeasonalNaive(int season) {
  /** Checks the season. */
  public SeasonalNaive {
    if (season < 1) {
      throw new InvalidArgumentException(
          "SeasonalNaive", "a season of " + season, "at least 1", "Use 1 without a season");
    }
  }

  /**
   * Returns the forecast.
   *
   * @param history the steps so far, at least one season; finite numbers
   * @param horizon number of steps ahead, at least 1
   * @return {@code [horizon]}, the last season repeated
   * @throws InvalidArgumentException if the history is too short, a number is not finite, or the
   *     horizon is below 1
   */
  public double[] forecast(double[] history, int horizon) {
    if (history.length < season || horizon < 1) {
      throw new InvalidArgumentException(
          "SeasonalNaive.forecast",
          history.length + " steps of history, " + horizon + " ahead",
          "at least " + season + " of history and 1 ahead",
          "Give at least one season");
    }
    SeriesChecks.finite("SeasonalNaive.forecast", history);
    double[] forecast = new double[horizon];
    for (int i = 0; i < horizon; i++) {
      forecast[i] = history[history.length - season + i % season];
    }
    return forecast;
  }
}
