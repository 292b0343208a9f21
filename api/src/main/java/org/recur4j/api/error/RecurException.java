package org.recur4j.api.error;

/**
 * The root of every error this library raises on purpose. A message names the operation, what was
 * got, what was expected and what to do, in that order, so that a reader who has never seen the
 * code can act on it.
 */
public class RecurException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a complete message.
   *
   * @param message operation, got, expected, remedy
   */
  public RecurException(String message) {
    super(message);
  }

  /**
   * An error with a complete message and what caused it.
   *
   * @param message operation, got, expected, remedy
   * @param cause the underlying failure
   */
  public RecurException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Joins the four parts of a message in the house's order.
   *
   * @param operation what was being done, e.g. {@code "gemm"}
   * @param got what arrived
   * @param expected what would have been right
   * @param remedy what the caller can do now; a full sentence without the final stop
   * @return {@code "operation: got …; expected …. remedy."}
   */
  public static String message(String operation, String got, String expected, String remedy) {
    return operation + ": got " + got + "; expected " + expected + ". " + remedy + ".";
  }
}
