package org.recur4j.models.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file as a whole or not at all: readers see the old content or the new one, never half
 * of it, and a failure leaves the old file and nothing else.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the new content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything.
     *
     * @param channel an empty file; left open
     * @throws IOException if it cannot be written
     */
    void writeTo(SeekableByteChannel channel) throws IOException;
  }

  /**
   * Writes into a new file in the same folder, forces it to disk and renames it over the target. A
   * symbolic link stays, the file it points to is replaced. What {@code content} throws unchecked
   * is passed on after the new file is removed.
   *
   * @param target the file; its folder must exist
   * @param content writes the content
   * @throws ModelFileException if the file cannot be written; the target is then as before
   */
  public static void write(Path target, Content content) {
    try {
      writeChecked(target, content);
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw ModelFileException.unwritable(
          target,
          reason(e),
          "a folder in which a file can be created and renamed",
          "Check the folder's permissions and the free space, or choose another folder; the file is as it was before.",
          e);
    }
  }

  private static void writeChecked(Path target, Content content) throws IOException {
    if (Files.isDirectory(target)) {
      throw ModelFileException.unwritable(
          target, "a folder", "the path of a file", "Add a file name to the path.");
    }
    Path destination =
        Files.isSymbolicLink(target) && Files.exists(target)
            ? target.toRealPath()
            : target.toAbsolutePath();
    Path folder = destination.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw ModelFileException.unwritable(
          target,
          "no folder " + folder,
          "an existing folder",
          "Create the folder, or correct the path.");
    }
    // A fixed length, whatever the target's: a long name must not grow past the file system's
    // limit.
    Path fresh = folder.resolve(".recur4j-" + UUID.randomUUID() + ".tmp");
    boolean renamed = false;
    try {
      try (SeekableByteChannel channel =
          Files.newByteChannel(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
      }
      Files.move(fresh, destination, StandardCopyOption.ATOMIC_MOVE);
      renamed = true;
    } finally {
      if (!renamed) {
        Files.deleteIfExists(fresh);
      }
    }
    forceFolder(folder);
  }

  /**
   * Makes the rename itself survive a power cut, where the system lets a folder be opened (Windows
   * does not).
   */
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException | UnsupportedOperationException e) {
      return;
    }
  }

  private static String reason(Exception e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + " (" + e.getMessage() + ")";
  }
}
