package org.recur4j.examples.births;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.recur4j.models.data.Example;

/**
 * What the network reads and says around an origin, the last known day: a step for each of the days
 * before it and for each day that is forecast. A step is given what is known of its day in advance,
 * the calendar and the mean of the last known days of its weekday, and by how much the day before
 * differed from its own such mean, if that day is known. It answers by how much its day differs.
 *
 * @param births the days
 * @param scale births that the network sees as 1
 */
record ForecastWindow(DailyBirths births, double scale) {
  /** Days that are forecast. */
  static final int HORIZON = 28;

  private static final int HISTORY = 56;
  private static final int WEEK = DayOfWeek.values().length;
  private static final int WEEKS = 4;

  /** Sine and cosine of so many multiples of the day of the year: holidays are sharp. */
  private static final int HARMONICS = 6;

  private static final int CALENDAR = 3;

  /** Numbers a step. */
  static final int FEATURES = CALENDAR + WEEK + 2 * HARMONICS;

  /** The first origin with enough days before it. */
  static final int FIRST_ORIGIN = HISTORY + (WEEKS + 1) * WEEK;

  /** The step, from 0, that answers for a day. */
  static int step(int ahead) {
    return HISTORY - 2 + ahead;
  }

  /** The mean of the last days of the same weekday that are known before a day or its forecast. */
  double usual(int day, int origin) {
    int last = day <= origin ? 1 : (day - origin + WEEK - 1) / WEEK;
    double sum = 0;
    for (int week = last; week < last + WEEKS; week++) {
      sum += births.counts()[day - week * WEEK];
    }
    return sum / WEEKS;
  }

  float[][] inputs(int origin) {
    float[][] steps = new float[step(HORIZON) + 1][];
    double level = level(origin);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(origin - HISTORY + 2 + i, origin, level);
    }
    return steps;
  }

  private float[] step(int day, int origin, double level) {
    float[] step = new float[FEATURES];
    if (day - 1 <= origin) {
      step[0] = (float) ((births.counts()[day - 1] - usual(day - 1, origin)) / scale);
      step[1] = 1;
    }
    step[2] = (float) ((usual(day, origin) - level) / scale);
    LocalDate date = births.date(day);
    step[CALENDAR + date.getDayOfWeek().getValue() - 1] = 1;
    double angle = 2 * Math.PI * (date.getDayOfYear() - 1) / date.lengthOfYear();
    for (int k = 1; k <= HARMONICS; k++) {
      step[CALENDAR + WEEK + 2 * k - 2] = (float) StrictMath.sin(k * angle);
      step[CALENDAR + WEEK + 2 * k - 1] = (float) StrictMath.cos(k * angle);
    }
    return step;
  }

  private double level(int origin) {
    double sum = 0;
    for (int day = origin - HISTORY + 1; day <= origin; day++) {
      sum += births.counts()[day];
    }
    return sum / HISTORY;
  }

  /** The window with what came, which must be known. */
  Example example(int origin) {
    float[][] inputs = inputs(origin);
    float[][] answers = new float[inputs.length][1];
    for (int i = 0; i < answers.length; i++) {
      int day = origin - HISTORY + 2 + i;
      answers[i][0] = (float) ((births.counts()[day] - usual(day, origin)) / scale);
    }
    return Example.valued(inputs, answers);
  }

  /** What an answer of the network means. */
  double births(float answer, int day, int origin) {
    return usual(day, origin) + answer * scale;
  }
}
