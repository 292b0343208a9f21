package org.recur4j.models.internal.json;

import java.util.regex.Pattern;
import org.recur4j.api.error.RecurException;

/**
 * A number of a document as it is written there. Java's own parsers accept more than JSON does
 * ({@code +5}, {@code 0x1p3}, {@code 5f}, digits of other scripts), and Gson's {@code nextInt}
 * turns a fraction and a text into a whole number.
 *
 * @param text the digits
 */
public record Numeral(String text) {
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /**
   * A whole number.
   *
   * @param what the number's name, for the message
   * @param least smallest value
   * @param most largest value
   * @return the value
   * @throws RecurException if it is written as a fraction or with an exponent, or out of range
   */
  public long whole(String what, long least, long most) {
    if (WHOLE.matcher(text).matches()) {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Nineteen digits can be more than a long holds: refused below.
      }
    }
    throw refuse(what, text, "a whole number from " + least + " to " + most);
  }

  /**
   * A whole number that fits an int.
   *
   * @param what the number's name, for the message
   * @param least smallest value
   * @return the value, at most 2147483647
   * @throws RecurException if it is anything else
   */
  public int count(String what, int least) {
    return (int) whole(what, least, Integer.MAX_VALUE);
  }

  /**
   * A finite number.
   *
   * @param what the number's name, for the message
   * @return the value
   * @throws RecurException if it is no decimal number, or beyond the range of a double
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
   * Any double, as {@link Double#toString} writes it: also {@code NaN}, {@code Infinity} and {@code
   * -Infinity}.
   *
   * @param what the number's name, for the message
   * @return the value
   * @throws RecurException if it is no number
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
