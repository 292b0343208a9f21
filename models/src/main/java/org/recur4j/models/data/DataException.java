package org.recur4j.models.data;

import org.recur4j.api.error.RecurException;

/** Thrown if data cannot be used; the message says where the data is and what to do. */
public final class DataException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param source the source of the data, for instance a file and a line
   * @param got what was found
   * @param expected what was expected
   * @param remedy what to do, as a sentence
   */
  public DataException(String source, String got, String expected, String remedy) {
    this(source, got, expected, remedy, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param source the source of the data, for instance a file and a line
   * @param got what was found
   * @param expected what was expected
   * @param remedy what to do, as a sentence
   * @param cause the cause
   */
  public DataException(String source, String got, String expected, String remedy, Throwable cause) {
    super(
        "Cannot use " + source + ": got " + got + ", expected " + expected + ". " + remedy, cause);
  }
}
