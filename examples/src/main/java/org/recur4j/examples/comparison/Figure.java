package org.recur4j.examples.comparison;

import java.util.Locale;
import org.recur4j.models.comparison.Estimate;

/**
 * One figure of one backend.
 *
 * @param measure what was measured
 * @param unit e.g. "ms"; empty for a plain number
 * @param backend its name
 * @param value NaN where it was not measured
 * @param low end of the interval; NaN where there is none
 * @param high likewise
 * @param note why it was not measured, or what is to be known about it; may be empty
 */
public record Figure(
    String measure,
    String unit,
    String backend,
    double value,
    double low,
    double high,
    String note) {
  static Figure of(String measure, String unit, String backend, Estimate estimate) {
    return new Figure(
        measure, unit, backend, estimate.value(), estimate.low(), estimate.high(), "");
  }

  static Figure of(String measure, String unit, String backend, double value) {
    return new Figure(measure, unit, backend, value, Double.NaN, Double.NaN, "");
  }

  static Figure missing(String measure, String unit, String backend, String why) {
    return new Figure(measure, unit, backend, Double.NaN, Double.NaN, Double.NaN, why);
  }

  /** The same with something to be known about it. */
  Figure withNote(String text) {
    return new Figure(measure, unit, backend, value, low, high, text);
  }

  /**
   * Whether there is a number.
   *
   * @return false where it was not measured
   */
  public boolean isMeasured() {
    return !Double.isNaN(value);
  }

  /**
   * Number, interval and unit, or that there is none.
   *
   * @return for a person
   */
  public String text() {
    if (!isMeasured()) {
      return "not measured";
    }
    String text = number(value);
    if (!Double.isNaN(low)) {
      text += " (" + number(low) + " to " + number(high) + ")";
    }
    return unit.isEmpty() ? text : text + " " + unit;
  }

  /** Four digits that count. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e6) {
      return Long.toString((long) value);
    }
    if (size >= 1e-3 && size < 1e6) {
      int digits = (int) Math.floor(Math.log10(size)) + 1;
      return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, 4 - digits)) + "f", value);
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }
}
