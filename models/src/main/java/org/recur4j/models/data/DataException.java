package org.recur4j.models.data;

import org.recur4j.api.error.RecurException;

/** Data that cannot be used; the message says where it stands and what to do. */
public final class DataException extends RecurException {
  private static final long serialVersionUID = 1L;

  /**
   * Data that cannot be used.
   *
   * @param source where the data comes from, for instance a file and a line
   * @param got what was found
   * @param expected what was expected
   * @param remedy what to do, a sentence
   */
  public DataException(String source, String got, String expected, String remedy) {
    this(source, got, expected, remedy, null);
  }

  /**
   * Data that cannot be used, with the reason.
   *
   * @param source where the data comes from, for instance a file and a line
   * @param got what was found
   * @param expected what was expected
   * @param remedy what to do, a sentence
   * @param cause the reason
   */
  public DataException(String source, String got, String expected, String remedy, Throwable cause) {
    super(
        "Cannot use " + source + ": got " + got + ", expected " + expected + ". " + remedy, cause);
  }
}
