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
 * The files of {@link Trainer#checkpoint}: the latest checkpoint, which is replaced atomically, and
 * the previous one beside it. During training, a small lock file with {@code .lock} appended to the
 * name prevents a second training run from using them. A killed process leaves the lock file
 * behind, but the lock itself is released.
 *
 * @param file the file of the latest checkpoint
 */
public record CheckpointFile(Path file) {
  /**
   * Returns the file of the previous checkpoint.
   *
   * @return the file name with {@code .previous} appended
   */
  public Path previous() {
    return file.resolveSibling(file.getFileName() + ".previous");
  }

  /**
   * Removes both checkpoints, if they exist. Call it when training has ended and the model is
   * saved; otherwise the next training with the same checkpoint file resumes from it or rejects it.
   *
   * @throws RecurException if a file cannot be removed
   */
  public void remove() {
    // The latest one last: if the process is killed in between, training resumes at its end.
    remove(previous());
    remove(file);
  }

  /** Removes the target of a link but keeps the link, as writing a checkpoint does. */
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
            "Remove it manually; it is no longer needed because training has ended"),
        cause);
  }

  /** Makes the latest checkpoint also available as the previous one, before it is replaced. */
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
        // It remains if the move failed, or if both names already were links to the same file.
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new RecurException(
          RecurException.message(
              "checkpoint " + older,
              e.toString(),
              "a folder in which files can be created and removed",
              "Check the folder's permissions and the free space; the existing checkpoint is"
                  + " unchanged"),
          e);
    }
  }

  private static void linkOrCopy(Path newest, Path fresh) throws IOException {
    try {
      Files.createLink(fresh, newest);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Some file systems have no hard links, and a link cannot span two of them.
      Files.copy(newest, fresh, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
