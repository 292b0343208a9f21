package org.recur4j.api.error;

/** Something was used after the scope, plan or backend that owned it was closed. */
public class ClosedException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message in the four parts of {@link RecurException#message}.
   *
   * @param operation what was being done
   * @param got what arrived
   * @param expected what would have been right
   * @param remedy what the caller can do now
   */
  public ClosedException(String operation, String got, String expected, String remedy) {
    super(message(operation, got, expected, remedy));
  }
}
