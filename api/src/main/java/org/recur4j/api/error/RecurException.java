package org.recur4j.api.error;

/**
 * The root of the exceptions of this library. A message states the operation, what was received,
 * what was expected and what to do, in that order.
 */
public class RecurException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with a complete message.
   *
   * @param message the operation, what was received, what was expected, and the remedy
   */
  public RecurException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a complete message and a cause.
   *
   * @param message the operation, what was received, what was expected, and the remedy
   * @param cause the underlying failure
   */
  public RecurException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns a message made of four parts.
   *
   * @param operation the operation, e.g. {@code "gemm"}
   * @param got what was received
   * @param expected what was expected
   * @param remedy advice to the caller, a full sentence without the final period
   * @return {@code "operation: got …; expected …. remedy."}
   */
  public static String message(String operation, String got, String expected, String remedy) {
    return operation + ": got " + got + "; expected " + expected + ". " + remedy + ".";
  }
}
