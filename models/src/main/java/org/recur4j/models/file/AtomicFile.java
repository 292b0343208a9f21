package org.recur4j.models.file;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files as a whole: models, checkpoints, reports and images. All such files of this library
 * are written by this class.
 *
 * <p>A regular file is replaced completely or not at all: readers see either the old or the new
 * content, and a failure leaves only the old file.
 *
 * <ul>
 *   <li>A new file has the default permissions of the process. A file that replaces another has
 *       that file's mode, owner, group, access control list and extended attributes, as far as this
 *       process may set them, and never wider permissions.
 *   <li>Symbolic links are followed and kept; the file that they lead to is replaced, or created,
 *       in its own folder.
 *   <li>A write-protected file is refused, even for an administrator.
 *   <li>A pipe or a character device, such as {@code /dev/null} or {@code /dev/stdout}, is never
 *       replaced; the finished content is written to it. Writing to a named pipe waits for its
 *       reader. Block devices, sockets and folders are refused.
 *   <li>An interrupted thread can write files and stays interrupted.
 * </ul>
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** The writer of a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the complete content.
     *
     * @param channel channel of an empty file; must be left open
     * @throws IOException if writing fails
     */
    void writeTo(SeekableByteChannel channel) throws IOException;
  }

  /**
   * Writes a new file in the same folder, forces it to disk and renames it over the target. An
   * unchecked exception of {@code content} is rethrown after the new file is removed.
   *
   * @param target file; its folder must exist
   * @param content writer of the content
   * @throws ModelFileException if the file cannot be written; an existing regular file is then
   *     unchanged
   */
  public static void write(Path target, Content content) {
    Destination destination = Destination.of(target);
    if (destination.isStream()) {
      stream(destination, content);
    } else {
      replace(destination, content);
    }
  }

  /**
   * Writes text in UTF-8, as {@link #write(Path, Content)} does.
   *
   * @param target file; its folder must exist
   * @param text content
   * @throws ModelFileException if the file cannot be written; an existing regular file is then
   *     unchanged
   */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes bytes, as {@link #write(Path, Content)} does.
   *
   * @param target file; its folder must exist
   * @param bytes content
   * @throws ModelFileException if the file cannot be written; an existing regular file is then
   *     unchanged
   */
  public static void write(Path target, byte[] bytes) {
    write(
        target,
        channel -> {
          ByteBuffer rest = ByteBuffer.wrap(bytes);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        });
  }

  /**
   * Verifies that {@link #write(Path, Content)} can write to a path, for use before a long
   * computation. Writes nothing.
   *
   * @param target file
   * @throws ModelFileException if the file cannot be written
   */
  public static void check(Path target) {
    Destination destination = Destination.of(target);
    if (!destination.isStream() && !Files.isWritable(destination.folder())) {
      throw ModelFileException.unwritableFile(
          target,
          "folder " + destination.folder() + ", in which this user may not create files",
          "a folder in which a file can be created and renamed",
          "Check the folder's permissions, or choose another folder.");
    }
  }

  /**
   * Returns whether a path is a stream: a pipe, a character device, or a descriptor such as {@code
   * /dev/stdout}, whatever it leads to.
   *
   * @param target path
   * @return true for a stream
   * @throws ModelFileException if the path cannot be written
   */
  public static boolean isStream(Path target) {
    return Destination.of(target).isStream();
  }

  /**
   * Returns the regular file that writing to a path creates or replaces: the path itself, or the
   * target of its symbolic links. Used for files that are read again, such as checkpoints.
   *
   * @param target path
   * @return an absolute path
   * @throws ModelFileException if the path cannot be written or leads to a stream
   */
  public static Path regular(Path target) {
    Destination destination = Destination.of(target);
    if (destination.isStream()) {
      throw ModelFileException.unwritableFile(
          target,
          destination.kind().isStream() ? destination.kind().description() : "an open descriptor",
          "a regular file, because it is read again",
          "Choose the path of a regular file; nothing was changed.");
    }
    return destination.file();
  }

  /**
   * Creates a folder and its parent folders if they do not exist.
   *
   * @param folder folder, or a symbolic link to one
   * @throws ModelFileException if it cannot be created
   */
  public static void createFolder(Path folder) {
    try {
      // createDirectories of JDK 17 refuses a symbolic link to a folder.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw ModelFileException.unwritableFile(
          folder,
          Destination.reason(e),
          "a folder that exists or can be created",
          "Check the path and its permissions, or choose another folder.",
          e);
    }
  }

  private static void replace(Destination destination, Content content) {
    // The name has a fixed length, because a longer one than the target's might exceed the limit.
    Path fresh = destination.folder().resolve(".recur4j-" + UUID.randomUUID() + ".tmp");
    boolean renamed = false;
    try {
      FileRights rights = FileRights.of(destination.file());
      rights.create(fresh);
      writeInto(fresh, content);
      rights.give(fresh);
      Files.move(fresh, destination.file(), StandardCopyOption.ATOMIC_MOVE);
      renamed = true;
    } catch (ClosedByInterruptException e) {
      throw ModelFileException.unwritableFile(
          destination.named(),
          "an interrupt of this thread while the content was written to an interruptible channel",
          "content that is written despite an interrupt",
          "Write it again" + asBefore(destination),
          e);
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw ModelFileException.unwritableFile(
          destination.named(),
          Destination.reason(e),
          "a folder in which a file can be created and renamed",
          "Check the folder's permissions and the free space, or choose another folder"
              + asBefore(destination),
          e);
    } finally {
      if (!renamed) {
        remove(fresh);
      }
    }
    forceFolder(destination.folder());
  }

  private static String asBefore(Destination destination) {
    return destination.kind() == FileKind.MISSING
        ? "; no file was created."
        : "; the file is unchanged.";
  }

  private static void writeInto(Path fresh, Content content) throws IOException {
    File file = PlainChannel.plain(fresh);
    if (file == null) {
      assembleAndCopy(
          content, () -> Files.newOutputStream(fresh, StandardOpenOption.TRUNCATE_EXISTING));
      Uninterrupted.force(fresh, StandardOpenOption.WRITE);
      return;
    }
    try (PlainChannel channel = PlainChannel.writing(file)) {
      channel.truncate(0);
      content.writeTo(channel);
      Uninterrupted.force(fresh, StandardOpenOption.WRITE);
    }
  }

  private static void stream(Destination destination, Content content) {
    try {
      assembleAndCopy(content, destination::openStream);
    } catch (IOException e) {
      throw ModelFileException.unwritableFile(
          destination.named(),
          Destination.reason(e),
          destination.descriptor()
              ? "an open descriptor that accepts the content"
              : destination.kind().description() + " that accepts the content",
          "Check its reader and the free space, or choose a regular file; content that was already"
              + " read cannot be undone.",
          e);
    }
  }

  /** Opens an output stream when the content is complete. */
  @FunctionalInterface
  private interface Opening {
    OutputStream open() throws IOException;
  }

  /**
   * Assembles the content in a temporary file first, because it may be written out of order, for
   * example with a checksum at its beginning.
   */
  private static void assembleAndCopy(Content content, Opening opening) throws IOException {
    Path assembled = Files.createTempFile("recur4j-", ".tmp");
    try {
      try (PlainChannel channel = PlainChannel.writing(assembled.toFile())) {
        content.writeTo(channel);
      }
      try (OutputStream out = opening.open()) {
        Files.copy(assembled, out);
      }
    } finally {
      remove(assembled);
    }
  }

  /** Ignores failures, because the original failure is more informative. */
  private static void remove(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException | ReadOnlyFileSystemException e) {
      return;
    }
  }

  /**
   * Makes the rename durable if the system supports it; Windows does not open folders, and some
   * network shares refuse to synchronize them. Failures are ignored, because the file has already
   * been replaced.
   */
  private static void forceFolder(Path folder) {
    try {
      Uninterrupted.force(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
  }
}
