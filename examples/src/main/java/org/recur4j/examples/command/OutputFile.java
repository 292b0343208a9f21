package org.recur4j.examples.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.recur4j.models.data.DataException;

/** Where a training puts its model. */
final class OutputFile {
  private OutputFile() {}

  /** Where an interrupted training saves: a finished model is never replaced by half a one. */
  static Path interrupted(Path output) {
    Path name = output.getFileName();
    return output.resolveSibling(
        name.toString().replaceFirst("\\.safetensors$", "") + ".interrupted.safetensors");
  }

  /** Minutes of work must not end at a folder that does not exist. */
  static void check(String option, Path output) {
    Path folder = output.toAbsolutePath().getParent();
    if (output.getFileName() == null || Files.isDirectory(output)) {
      throw new DataException(
          option + " " + output, "a folder", "the path of a file", "Add a file name to the path.");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new DataException(
          option + " " + output,
          "no folder " + folder + " that can be written",
          "an existing folder",
          "Create it, or choose another.");
    }
  }
}
