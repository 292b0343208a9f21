package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;

/** Error measures of forecasts. */
public final class ForecastErrors {
  private ForecastErrors() {}

  /**
   * Returns the mean absolute error.
   *
   * @param expected the actual values, at least one
   * @param predicted the forecasts, as many
   * @return the error in the unit of the values, at least 0
   */
  public static double meanAbsolute(double[] expected, double[] predicted) {
    check(expected, predicted);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(expected[i] - predicted[i]);
    }
    return sum / expected.length;
  }

  /**
   * Returns the root mean squared error.
   *
   * @param expected the actual values, at least one
   * @param predicted the forecasts, as many
   * @return the error in the unit of the values, at least {@link #meanAbsolute}
   */
  public static double rootMeanSquare(double[] expected, double[] predicted) {
    check(expected, predicted);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = expected[i] - predicted[i];
      sum += error * error;
    }
    return Math.sqrt(sum / expected.length);
  }

  /**
   * Returns the symmetric mean absolute percentage error in the form of the M4 competition
   * (Makridakis et al. 2020): 100 · mean of 2|y − ŷ| / (|y| + |ŷ|); a term in which both numbers
   * are 0 is 0.
   *
   * @param expected the actual values, at least one
   * @param predicted the forecasts, as many
   * @return the error in percent, in [0, 200]
   */
  public static double symmetricPercentage(double[] expected, double[] predicted) {
    check(expected, predicted);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double size = Math.abs(expected[i]) + Math.abs(predicted[i]);
      sum += size == 0 ? 0 : 2 * Math.abs(expected[i] - predicted[i]) / size;
    }
    return 100 * sum / expected.length;
  }

  /**
   * Returns the mean absolute scaled error (Hyndman, Koehler 2006): the mean absolute error divided
   * by the mean absolute error, <em>within the history</em>, of the seasonal naive forecast. A
   * value below 1 is better than that forecast.
   *
   * @param history the preceding values, in order; more than a season
   * @param season 1 to scale by the naive forecast, or the length of a season (7 for days of a
   *     week)
   * @param expected the actual values, at least one
   * @param predicted the forecasts, as many
   * @return the scaled error, at least 0
   * @throws InvalidArgumentException if the history is too short, or repeats itself exactly so that
   *     the scale is 0
   */
  public static double meanAbsoluteScaled(
      double[] history, int season, double[] expected, double[] predicted) {
    return meanAbsolute(expected, predicted) / naiveError(history, season);
  }

  /**
   * Returns the scale of {@link #meanAbsoluteScaled}, the mean of |y_t − y_{t−m}| over a history.
   *
   * @param history the values, in order; more than a season
   * @param season the length m of a season, at least 1
   * @return the mean, above 0
   * @throws InvalidArgumentException as {@link #meanAbsoluteScaled}
   */
  public static double naiveError(double[] history, int season) {
    if (season < 1 || history.length <= season) {
      throw refuse(
          "a history of " + history.length + " values for a season of " + season,
          "a season of at least 1 and a longer history");
    }
    double sum = 0;
    for (int t = season; t < history.length; t++) {
      sum += Math.abs(history[t] - history[t - season]);
    }
    if (!(sum > 0)) {
      throw refuse(
          "a history that repeats itself exactly (or is not a number)",
          "one whose naive forecast has an error, because it is the scale");
    }
    return sum / (history.length - season);
  }

  private static void check(double[] expected, double[] predicted) {
    if (expected.length == 0 || expected.length != predicted.length) {
      throw refuse(
          expected.length + " values and " + predicted.length + " forecasts",
          "as many forecasts as values, at least one");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "forecast errors", got, expected, "Pass the values of the series in order");
  }
}
