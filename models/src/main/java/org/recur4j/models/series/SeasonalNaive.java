package org.recur4j.models.series;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The forecast to beat: what was measured at the same place of the last season. With a season of 1
 * it is the last value, over and over.
 *
 * @param season steps, e.g. 7 for days of a week; at least 1
 */
public record SeasonalNaive(int season) {
  /** Checks the season. */
  public SeasonalNaive {
    if (season < 1) {
      throw new InvalidArgumentException(
          "SeasonalNaive", "a season of " + season, "at least 1", "Use 1 where nothing recurs");
    }
  }

  /**
   * Forecasts.
   *
   * @param history at least one season, up to now; finite numbers
   * @param horizon how many steps ahead, at least 1
   * @return {@code [horizon]}; the last season again and again
   * @throws InvalidArgumentException if the history is too short or holds what is no number
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
