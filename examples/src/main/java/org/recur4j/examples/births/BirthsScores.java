package org.recur4j.examples.births;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;
import org.recur4j.models.metric.ForecastErrors;

/**
 * How good forecasts are: mean absolute errors in units of the seasonal naive forecast's within the
 * training years (MASE with m = 7), beside those of forecasts that take no learning.
 */
final class BirthsScores {
  private static final int WEEK = 7;

  private final ForecastWindow window;
  private final int[] origins;
  private final double unit;

  BirthsScores(ForecastWindow window, int[] origins, double[] history) {
    this.window = window;
    this.origins = origins.clone();
    this.unit = ForecastErrors.naiveError(history, WEEK);
  }

  /** A forecast that takes no learning. */
  private interface Rule {
    double forecast(int day, int origin);
  }

  List<Score> of(double[][][] forecasts) {
    List<Score> scores = new ArrayList<>();
    for (int ahead : new int[] {1, ForecastWindow.HORIZON}) {
      scores.add(
          score(
              String.format(Locale.ROOT, "MASE (m = 7), %d day%s ahead", ahead, s(ahead)),
              forecasts,
              ahead,
              ahead));
    }
    scores.add(score("MASE (m = 7), mean of all 28 days", forecasts, 1, ForecastWindow.HORIZON));
    scores.add(
        Score.error(
            "days within the 80 % interval, distance from 0.8",
            Math.abs(covered(forecasts) - 0.8), List.of(), List.of()));
    return scores;
  }

  private static String s(int count) {
    return count == 1 ? "" : "s";
  }

  private Score score(String metric, double[][][] forecasts, int from, int to) {
    double sum = 0;
    for (int i = 0; i < origins.length; i++) {
      for (int ahead = from; ahead <= to; ahead++) {
        sum += Math.abs(births(origins[i] + ahead) - forecasts[i][1][ahead - 1]);
      }
    }
    return Score.error(
        metric,
        sum / (origins.length * (to - from + 1)) / unit,
        List.of(
            Reference.of("naive", scaled(from, to, (day, origin) -> births(origin))),
            Reference.of("seasonal naive", scaled(from, to, this::weekBefore)),
            Reference.of("mean of 4 weeks", scaled(from, to, window::usual))),
        List.of());
  }

  private double scaled(int from, int to, Rule rule) {
    double sum = 0;
    for (int origin : origins) {
      for (int ahead = from; ahead <= to; ahead++) {
        int day = origin + ahead;
        sum += Math.abs(births(day) - rule.forecast(day, origin));
      }
    }
    return sum / (origins.length * (to - from + 1)) / unit;
  }

  private double births(int day) {
    return window.births().counts()[day];
  }

  /** The last known day of the same weekday. */
  private double weekBefore(int day, int origin) {
    return births(day - (day - origin + WEEK - 1) / WEEK * WEEK);
  }

  private double covered(double[][][] forecasts) {
    double inside = 0;
    for (int i = 0; i < origins.length; i++) {
      for (int ahead = 1; ahead <= ForecastWindow.HORIZON; ahead++) {
        double came = births(origins[i] + ahead);
        boolean in = came >= forecasts[i][0][ahead - 1] && came <= forecasts[i][2][ahead - 1];
        inside += in ? 1 : 0;
      }
    }
    return inside / (origins.length * ForecastWindow.HORIZON);
  }
}
