package org.recur4j.models.training;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.recur4j.api.error.RecurException;

/**
 * Where {@link Trainer#checkpoint} keeps what it needs to go on: the newest checkpoint, and beside
 * it the one before.
 *
 * @param file of the newest one
 */
public record CheckpointFile(Path file) {
  /**
   * The checkpoint before the newest one.
   *
   * @return the same name with {@code .previous} appended
   */
  public Path previous() {
    return file.resolveSibling(file.getFileName() + ".previous");
  }

  /**
   * Removes both, when training has ended and its model is safe: what is left would be gone on from
   * by the next training that is given the name, or refused. Does nothing where there are none.
   *
   * @throws RecurException if a file cannot be removed
   */
  public void remove() {
    try {
      // The newest last: killed in between, its training goes on at its end and comes here again.
      Files.deleteIfExists(previous());
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new RecurException(
          RecurException.message(
              "removing the checkpoint " + file,
              e.toString(),
              "a folder in which files can be removed",
              "Remove it yourself: training has ended, and nothing needs it any more"),
          e);
    }
  }

  /** Gives the newest checkpoint its second name, which stays until the next one replaces it. */
  void keepPrevious() {
    Path older = previous();
    try {
      if (Files.exists(file)) {
        Files.deleteIfExists(older);
        link(older);
      }
    } catch (IOException e) {
      throw new RecurException(
          RecurException.message(
              "checkpoint " + older,
              e.toString(),
              "a folder in which files can be created and removed",
              "Check the folder's permissions and the free space; the checkpoint of before is as it"
                  + " was"),
          e);
    }
  }

  private void link(Path older) throws IOException {
    try {
      Files.createLink(older, file.toRealPath());
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Not every file system has links.
      Files.copy(file, older);
    }
  }
}
