package org.recur4j.api.error;

/** A value handed in lies outside what the operation accepts. */
public class InvalidArgumentException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message in the four parts of {@link RecurException#message}.
   *
   * @param operation what was being done
   * @param got what arrived
   * @param expected what would have been right
   * @param remedy what the caller can do now
   */
  public InvalidArgumentException(String operation, String got, String expected, String remedy) {
    super(message(operation, got, expected, remedy));
  }

  /**
   * Returns a value that must not be null.
   *
   * @param value what the caller handed in
   * @param operation what was being done
   * @param name what the value is, as a person calls it, such as {@code "activation"}
   * @param <T> the value's type
   * @return the value
   * @throws InvalidArgumentException if the value is null
   */
  public static <T> T requireGiven(T value, String operation, String name) {
    if (value == null) {
      throw new InvalidArgumentException(
          operation, "null as the " + name, "a value", "Hand in the " + name);
    }
    return value;
  }
}
