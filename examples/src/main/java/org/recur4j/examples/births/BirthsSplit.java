package org.recur4j.examples.births;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The years, divided by time: 1969 to 1984 to learn from, 1985 and 1986 to choose by, 1987 and 1988
 * for the test. A day to be forecast is always in the part itself; what was before it is known.
 *
 * @param births all days
 */
record BirthsSplit(DailyBirths births) {
  private static final LocalDate VALIDATION = LocalDate.of(1985, 1, 1);
  private static final LocalDate TEST = LocalDate.of(1987, 1, 1);

  /** Every so many days a window to learn from. */
  private static final int STRIDE = 3;

  private int validation() {
    return births.day(VALIDATION);
  }

  private int test() {
    return births.day(TEST);
  }

  /** The days of the first part, whose own errors are the unit of scaled errors. */
  double[] history() {
    return Arrays.stream(births.counts(), 0, validation()).asDoubleStream().toArray();
  }

  int[] trainingOrigins() {
    return IntStream.range(0, validation() - ForecastWindow.HORIZON)
        .filter(day -> day >= ForecastWindow.FIRST_ORIGIN && day % STRIDE == 0)
        .toArray();
  }

  int[] validationOrigins() {
    return IntStream.range(validation() - 1, test() - ForecastWindow.HORIZON).toArray();
  }

  int[] testOrigins() {
    return IntStream.range(test() - 1, births.days() - ForecastWindow.HORIZON).toArray();
  }
}
