package org.recur4j.models.training;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AtomicFile;
import org.recur4j.models.file.FileKind;

/**
 * Where {@link Trainer#checkpoint} keeps what it needs to go on: the newest checkpoint, which is
 * replaced as a whole, and beside it the one before. While a training writes them, a small file
 * with {@code .lock} appended keeps a second one away; a process that was killed leaves it, and it
 * keeps nobody away then.
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
    // The newest last: killed in between, its training goes on at its end and comes here again.
    remove(previous());
    remove(file);
  }

  /** What links lead to: the link stays, as it does when the checkpoint is written. */
  private void remove(Path named) {
    FileKind kind = FileKind.of(named);
    try {
      if (kind == FileKind.REGULAR) {
        Files.delete(named.toRealPath());
      }
    } catch (IOException e) {
      throw unremovable(e.toString(), e);
    }
    if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
      throw unremovable(kind.description() + " named " + named, null);
    }
  }

  private RecurException unremovable(String got, IOException cause) {
    return new RecurException(
        RecurException.message(
            "removing the checkpoint " + file,
            got,
            "a folder in which files can be removed",
            "Remove it yourself: training has ended, and nothing needs it any more"),
        cause);
  }

  /** Gives the newest checkpoint its second name, which stays until the next one replaces it. */
  void keepPrevious() {
    Path newest = AtomicFile.regular(file);
    if (!Files.exists(newest)) {
      return;
    }
    Path older = AtomicFile.regular(previous());
    Path fresh = older.resolveSibling(".recur4j-" + UUID.randomUUID() + ".tmp");
    try {
      try {
        linkOrCopy(newest, fresh);
        Files.move(fresh, older, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        // Still there where the move failed, or had nothing to do as both named one file.
        Files.deleteIfExists(fresh);
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

  private static void linkOrCopy(Path newest, Path fresh) throws IOException {
    try {
      Files.createLink(fresh, newest);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Not every file system has links, and none leads to another one.
      Files.copy(newest, fresh, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
