package org.recur4j.models.file;

import java.nio.file.Path;
import org.recur4j.api.error.RecurException;

/**
 * Thrown if a model file, or another file written by this library, cannot be read or written. The
 * message names the file and a remedy.
 */
public final class ModelFileException extends RecurException {
  private static final long serialVersionUID = 1L;

  private ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns an exception for a model file that cannot be read.
   *
   * @param file file
   * @param got what was found in the file
   * @param expected what was expected
   * @param remedy remedy, as a full sentence
   * @return the exception
   */
  public static ModelFileException unreadable(
      Path file, String got, String expected, String remedy) {
    return unreadable(file, got, expected, remedy, null);
  }

  /**
   * Returns an exception for a model file that cannot be read.
   *
   * @param file file
   * @param got what was found in the file
   * @param expected what was expected
   * @param remedy remedy, as a full sentence
   * @param cause underlying failure, or null
   * @return the exception
   */
  public static ModelFileException unreadable(
      Path file, String got, String expected, String remedy, Throwable cause) {
    return new ModelFileException(sentence("read model file", file, got, expected, remedy), cause);
  }

  /**
   * Returns an exception for a model file that cannot be written.
   *
   * @param file file
   * @param got what was found
   * @param expected what is required
   * @param remedy remedy, as a full sentence
   * @return the exception
   */
  public static ModelFileException unwritable(
      Path file, String got, String expected, String remedy) {
    return unwritable(file, got, expected, remedy, null);
  }

  /**
   * Returns an exception for a model file that cannot be written.
   *
   * @param file file
   * @param got what was found
   * @param expected what is required
   * @param remedy remedy, as a full sentence
   * @param cause underlying failure, or null
   * @return the exception
   */
  public static ModelFileException unwritable(
      Path file, String got, String expected, String remedy, Throwable cause) {
    return new ModelFileException(sentence("write model file", file, got, expected, remedy), cause);
  }

  /**
   * Returns an exception for any other file that cannot be written, such as a report or an image.
   */
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
