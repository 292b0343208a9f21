package org.recur4j.examples.births;

import java.time.LocalDate;

/**
 * How many were born, day by day without a gap; the array is not copied.
 *
 * @param first the first day
 * @param counts births of each day
 */
public record DailyBirths(LocalDate first, int[] counts) {
  /**
   * The table that comes with the examples: the United States from 1969 to 1988.
   *
   * @return 7,305 days
   */
  public static DailyBirths load() {
    return BirthsReader.bundled();
  }

  /**
   * How many days there are.
   *
   * @return at least 1
   */
  public int days() {
    return counts.length;
  }

  /**
   * The date of a day.
   *
   * @param day from 0
   * @return the date
   */
  public LocalDate date(int day) {
    return first.plusDays(day);
  }

  /**
   * The day of a date.
   *
   * @param date any
   * @return from 0; negative or beyond the last where the date is outside
   */
  public int day(LocalDate date) {
    return (int) (date.toEpochDay() - first.toEpochDay());
  }
}
