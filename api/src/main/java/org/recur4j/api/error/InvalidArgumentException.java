package org.recur4j.api.error;

/** Thrown when an argument is outside the range that an operation accepts. */
public class InvalidArgumentException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with the four parts of {@link RecurException#message}.
   *
   * @param operation the operation
   * @param got what was received
   * @param expected what was expected
   * @param remedy advice to the caller
   */
  public InvalidArgumentException(String operation, String got, String expected, String remedy) {
    super(message(operation, got, expected, remedy));
  }

  /**
   * Returns a value that must not be null.
   *
   * @param value the value that the caller passed
   * @param operation the operation
   * @param name a description of the value, such as {@code "activation"}
   * @param <T> the value's type
   * @return the value
   * @throws InvalidArgumentException if the value is null
   */
  public static <T> T requireGiven(T value, String operation, String name) {
    if (value == null) {
      throw new InvalidArgumentException(
          operation, "null as the " + name, "a value", "Pass the " + name);
    }
    return value;
  }
}
