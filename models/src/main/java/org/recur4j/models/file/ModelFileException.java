package org.recur4j.models.file;

import java.nio.file.Path;
import org.recur4j.api.error.RecurException;

/**
 * A model file, or another file that this library writes, could not be read or written; the message
 * names the file and says what to do.
 */
public final class ModelFileException extends RecurException {
  private static final long serialVersionUID = 1L;

  private ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A file that could not be read.
   *
   * @param file which file
   * @param got what was found in it
   * @param expected what should have been there
   * @param remedy a full sentence
   * @return the error
   */
  public static ModelFileException unreadable(
      Path file, String got, String expected, String remedy) {
    return unreadable(file, got, expected, remedy, null);
  }

  /**
   * A file that could not be read.
   *
   * @param file which file
   * @param got what was found in it
   * @param expected what should have been there
   * @param remedy a full sentence
   * @param cause the underlying failure, or null
   * @return the error
   */
  public static ModelFileException unreadable(
      Path file, String got, String expected, String remedy, Throwable cause) {
    return new ModelFileException(sentence("read model file", file, got, expected, remedy), cause);
  }

  /**
   * A model file that cannot be written.
   *
   * @param file which file
   * @param got what was found
   * @param expected what is needed
   * @param remedy what to do
   * @return the error
   */
  public static ModelFileException unwritable(
      Path file, String got, String expected, String remedy) {
    return unwritable(file, got, expected, remedy, null);
  }

  /**
   * A model file that cannot be written.
   *
   * @param file which file
   * @param got what was found
   * @param expected what is needed
   * @param remedy what to do
   * @param cause the underlying failure, or null
   * @return the error
   */
  public static ModelFileException unwritable(
      Path file, String got, String expected, String remedy, Throwable cause) {
    return new ModelFileException(sentence("write model file", file, got, expected, remedy), cause);
  }

  /** Any file that could not be written: a report and a picture are no model files. */
  static ModelFileException unwritableFile(Path file, String got, String expected, String remedy) {
    return unwritableFile(file, got, expected, remedy, null);
  }

  static ModelFileException unwritableFile(
      Path file, String got, String expected, String remedy, Throwable cause) {
    return new ModelFileException(sentence("write", file, got, expected, remedy), cause);
  }

  private static String sentence(
      String operation, Path file, String got, String expected, String remedy) {
    return "Cannot "
        + operation
        + " "
        + file
        + ": got "
        + got
        + ", expected "
        + expected
        + ". "
        + remedy;
  }
}
