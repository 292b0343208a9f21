package org.recur4j.api.error;

/**
 * Thrown when a plan runs although its weights have changed since it packed them (forward), or
 * since the forward being differentiated (backward).
 */
public class StaleWeightsException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with the four parts of {@link RecurException#message}.
   *
   * @param operation the operation
   * @param got what was received
   * @param expected what was expected
   * @param remedy advice to the caller
   */
  public StaleWeightsException(String operation, String got, String expected, String remedy) {
    super(message(operation, got, expected, remedy));
  }
}
