package org.recur4j.examples.command;

import java.nio.file.Path;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.file.ModelFileException;

/** Where a training puts its model. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Where an interrupted training saves: a finished model is never replaced by half a one. A stream
   * has no neighbor.
   */
  static Path interrupted(Path output) {
    if (AtomicFile.isStream(output)) {
      return output;
    }
    Path name = output.getFileName();
    return output.resolveSibling(
        name.toString().replaceFirst("\\.safetensors$", "") + ".interrupted.safetensors");
  }

  /** Minutes of work must not end at a folder that does not exist. */
  static void check(String option, Path output) {
    try {
      AtomicFile.check(output);
    } catch (ModelFileException e) {
      throw refused(option, e);
    }
  }

  /** The same for a file that is read again, which a stream cannot be. */
  static void checkRegular(String option, Path output) {
    check(option, output);
    try {
      AtomicFile.regular(output);
    } catch (ModelFileException e) {
      throw refused(option, e);
    }
  }

  private static RecurException refused(String option, ModelFileException e) {
    return new RecurException(option + ": " + e.getMessage(), e);
  }
}
