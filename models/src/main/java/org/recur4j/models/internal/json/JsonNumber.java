package org.recur4j.models.internal.json;

import java.util.regex.Pattern;
import org.recur4j.api.error.RecurException;

/**
 * A number as written in a document. Java's own parsers accept more than JSON does ({@code +5},
 * {@code 0x1p3}, {@code 5f}, digits of other scripts), and Gson's {@code nextInt} converts
 * fractions and strings to whole numbers.
 *
 * @param text text of the number
 */
public record JsonNumber(String text) {
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /**
   * Returns the value as a whole number.
   *
   * @param what name of the number, for messages
   * @param least minimum value
   * @param most maximum value
   * @return the value
   * @throws RecurException if the number has a fraction or an exponent, or is out of range
   */
  public long whole(String what, long least, long most) {
    if (WHOLE.matcher(text).matches()) {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Nineteen digits may exceed the range of a long; refused below.
      }
    }
    throw refuse(what, text, "a whole number from " + least + " to " + most);
  }

  /**
   * Returns the value as a whole number that fits in an int.
   *
   * @param what name of the number, for messages
   * @param least minimum value
   * @return the value, at most 2147483647
   * @throws RecurException if the number is not such a number
   */
  public int count(String what, int least) {
    return (int) whole(what, least, Integer.MAX_VALUE);
  }

  /**
   * Returns the value as a finite number.
   *
   * @param what name of the number, for messages
   * @return the value
   * @throws RecurException if the text is not a decimal number, or exceeds the range of a double
   */
  public double finite(String what) {
    if (DECIMAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    throw refuse(what, text, "a finite number");
  }

  /**
   * Returns the value as any double, in the format of {@link Double#toString}, including {@code
   * NaN}, {@code Infinity} and {@code -Infinity}.
   *
   * @param what name of the number, for messages
   * @return the value
   * @throws RecurException if the text is not a number
   */
  public double any(String what) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(what);
    };
  }

  static RecurException refuse(String what, String got, String expected) {
    return new RecurException("'" + what + "' is " + Excerpt.of(got) + ", expected " + expected);
  }
}
