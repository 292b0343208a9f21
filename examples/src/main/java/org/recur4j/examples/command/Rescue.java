package org.recur4j.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.recur4j.api.error.RecurException;

/** Saves a trained model, elsewhere where it must be: hours of training must not end in nothing. */
final class Rescue {
  private Rescue() {}

  /**
   * Saves.
   *
   * @param model writes it to the file that it is given
   * @param file where it belongs
   * @throws RecurException if it cannot be there; says where it is instead
   */
  static void save(Consumer<Path> model, Path file) {
    try {
      model.accept(file);
    } catch (RecurException e) {
      Path elsewhere = elsewhere(model, file, e);
      throw new RecurException(
          e.getMessage() + " The model is in " + elsewhere + " instead: move it where it belongs.",
          e);
    }
  }

  private static Path elsewhere(Consumer<Path> model, Path file, RecurException reason) {
    try {
      Path saved = Files.createTempDirectory("recur4j-model-").resolve(file.getFileName());
      model.accept(saved);
      return saved;
    } catch (IOException | RecurException e) {
      reason.addSuppressed(e);
      throw reason;
    }
  }
}
