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
 * Writes every file of this library that has an end: models, checkpoints, reports, pictures.
 *
 * <p>A regular file is replaced as a whole or not at all: readers see the old content or the new
 * one, never half of it, and a failure leaves the old file and nothing else.
 *
 * <ul>
 *   <li>A new file has the rights that the process gives new files. A file that replaces another
 *       has that one's mode, owner, group, access control list and extended attributes, as far as
 *       this process may give them, and never wider rights.
 *   <li>Symbolic links stay and are followed; the file they lead to is replaced, or created, in its
 *       own folder.
 *   <li>A write-protected file is refused, also for an administrator.
 *   <li>A pipe or a character device, such as {@code /dev/null} or {@code /dev/stdout}, is never
 *       replaced: the finished content is written to it. A named pipe waits for its reader. Block
 *       devices, sockets and folders are refused.
 *   <li>A thread that has been interrupted writes as any other, and stays interrupted.
 * </ul>
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
   * Writes into a new file in the same folder, forces it to disk and renames it over the target.
   * What {@code content} throws unchecked is passed on after the new file is removed.
   *
   * @param target the file; its folder must exist
   * @param content writes the content
   * @throws ModelFileException if the file cannot be written; a regular file is then as before
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
   * @param target the file; its folder must exist
   * @param text the content
   * @throws ModelFileException if the file cannot be written; a regular file is then as before
   */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes bytes, as {@link #write(Path, Content)} does.
   *
   * @param target the file; its folder must exist
   * @param bytes the content
   * @throws ModelFileException if the file cannot be written; a regular file is then as before
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
   * Refuses now what {@link #write(Path, Content)} would refuse after hours of work. Writes
   * nothing.
   *
   * @param target the file
   * @throws ModelFileException if the file cannot be written
   */
  public static void check(Path target) {
    Destination destination = Destination.of(target);
    if (!destination.isStream() && !Files.isWritable(destination.folder())) {
      throw ModelFileException.unwritableFile(
          target,
          "a folder " + destination.folder() + " in which this user may not create files",
          "a folder in which a file can be created and renamed",
          "Check the folder's permissions, or choose another folder.");
    }
  }

  /**
   * Whether the content written to a path flows away instead of becoming a file: a pipe, a
   * character device, or a descriptor such as {@code /dev/stdout} wherever it leads.
   *
   * @param target the path
   * @return true for a stream
   * @throws ModelFileException if the path cannot be written
   */
  public static boolean isStream(Path target) {
    return Destination.of(target).isStream();
  }

  /**
   * Returns the regular file that writing to a path creates or replaces: the path itself, or what
   * its symbolic links lead to. For files that are read again, such as checkpoints.
   *
   * @param target the path
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
          "Choose the path of a file; what is there is as it was.");
    }
    return destination.file();
  }

  /**
   * Creates a folder and those above it, unless it is there.
   *
   * @param folder the folder; a symbolic link to one will do
   * @throws ModelFileException if it cannot be created
   */
  public static void createFolder(Path folder) {
    try {
      // createDirectories of JDK 17 refuses a link to a folder.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw ModelFileException.unwritableFile(
          folder,
          Destination.reason(e),
          "a folder that is there or can be created",
          "Check the path and its permissions, or choose another folder.",
          e);
    }
  }

  private static void replace(Destination destination, Content content) {
    // A fixed length, whatever the target's: a long name must not grow past the file system's
    // limit.
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
          "content that does not end when its thread is interrupted",
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
        : "; the file is as it was before.";
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
              ? "an open descriptor that takes the content"
              : destination.kind().description() + " that takes the content",
          "Check its reader and the free space, or name a regular file; what a reader has taken"
              + " cannot be called back.",
          e);
    }
  }

  /** An end to write to, opened when there is something to write. */
  @FunctionalInterface
  private interface Opening {
    OutputStream open() throws IOException;
  }

  /** Content may go back, to write a checksum at its beginning; a stream cannot. */
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

  /** What failed before says more than this. */
  private static void remove(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException | ReadOnlyFileSystemException e) {
      return;
    }
  }

  /**
   * Makes the rename itself survive a power cut, where the system can: Windows does not open
   * folders, and some network shares refuse to synchronize them. The file has been replaced by now,
   * so that there is nothing to fail.
   */
  private static void forceFolder(Path folder) {
    try {
      Uninterrupted.force(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
  }
}
