package org.recur4j.models.series;

import org.recur4j.api.error.InvalidArgumentException;

/** Checks that a series is not empty, has the same features at each step and is finite. */
final class SeriesChecks {
  private static final String ADVICE =
      "Fill the gap, for example with the value before, or cut the series there";

  private SeriesChecks() {}

  /** Checks a series and returns the number of features. */
  static int features(String operation, float[][] series) {
    if (series.length == 0 || series[0].length == 0) {
      throw new InvalidArgumentException(
          operation,
          series.length == 0 ? "no step" : "steps without a feature",
          "at least one step of at least one feature",
          "Check how the series was read");
    }
    return features(operation, series, series[0].length);
  }

  static int features(String operation, float[][] series, int expected) {
    for (int t = 0; t < series.length; t++) {
      if (series[t].length != expected) {
        throw new InvalidArgumentException(
            operation,
            series[t].length + " features at step " + t,
            "" + expected,
            "Give every step the same features");
      }
      for (int feature = 0; feature < expected; feature++) {
        finite(operation, series[t][feature], t, feature);
      }
    }
    return expected;
  }

  static void finite(String operation, double value, int step, int feature) {
    if (!Double.isFinite(value)) {
      throw new InvalidArgumentException(
          operation, value + " at step " + step + ", feature " + feature, "finite numbers", ADVICE);
    }
  }

  static void finite(String operation, double[] series) {
    for (int t = 0; t < series.length; t++) {
      if (!Double.isFinite(series[t])) {
        throw new InvalidArgumentException(
            operation, series[t] + " at step " + t, "finite numbers", ADVICE);
      }
    }
  }
}
