package org.recur4j.models.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * A text file to which lines are appended, such as a log or a list of figures. Each line is passed
 * to the operating system before the call returns. Links, permissions, devices, write protection
 * and interrupted threads are treated as by {@link AtomicFile}; the file is not replaced, so it
 * keeps its permissions.
 */
public final class AppendedFile implements AutoCloseable {
  private static final int TAIL_BYTES = 1 << 13;

  /**
   * A longer last line is kept without examination, because a killed process leaves a shorter one.
   */
  private static final int LONGEST_BYTES = 1 << 20;

  private final Path named;
  private final Path file;
  private final boolean stream;
  private final OutputStream out;

  private AppendedFile(Destination destination, OutputStream out) {
    this.named = destination.named();
    this.file = destination.file();
    this.stream = destination.isStream();
    this.out = out;
  }

  /**
   * Opens a file for appending.
   *
   * @param file file; created if it does not exist
   * @param isWhole predicate applied to a last line without a line terminator; a complete line is
   *     terminated, an incomplete one, as a killed process may leave it, is removed
   * @return the open file; the caller closes it
   * @throws ModelFileException if the file cannot be written
   */
  public static AppendedFile open(Path file, Predicate<String> isWhole) {
    Destination destination = Destination.of(file);
    try {
      if (destination.isStream()) {
        return new AppendedFile(destination, destination.openStream());
      }
      if (destination.kind() == FileKind.REGULAR) {
        endLastLine(destination.file(), isWhole);
      }
      return new AppendedFile(
          destination,
          Files.newOutputStream(
              destination.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw unwritable(file, e);
    }
  }

  private static void endLastLine(Path file, Predicate<String> isWhole) throws IOException {
    String[] read = new String[1];
    Uninterrupted.run(() -> read[0] = lastLine(file));
    String last = read[0];
    if (!last.isEmpty()) {
      if (last.length() >= LONGEST_BYTES || isWhole.test(last)) {
        Files.writeString(file, "\n", StandardOpenOption.APPEND);
      } else {
        long kept = Files.size(file) - last.length();
        Uninterrupted.run(
            () -> {
              try (SeekableByteChannel channel =
                  Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(kept);
              }
            });
      }
    }
  }

  /** Returns the text after the last line terminator, one character per byte. */
  private static String lastLine(Path file) throws IOException {
    StringBuilder tail = new StringBuilder();
    try (SeekableByteChannel channel = PlainChannel.reading(file)) {
      long end = channel.size();
      while (end > 0 && tail.indexOf("\n") < 0 && tail.length() < LONGEST_BYTES) {
        int count = (int) Math.min(TAIL_BYTES, end);
        ByteBuffer bytes = ByteBuffer.allocate(count);
        channel.position(end - count);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        tail.insert(0, StandardCharsets.ISO_8859_1.decode(bytes.flip()));
        end -= count;
      }
    }
    return tail.substring(tail.lastIndexOf("\n") + 1);
  }

  /**
   * Appends a line.
   *
   * @param line line without its terminator
   * @throws ModelFileException if the file cannot be written
   */
  public void append(String line) {
    try {
      out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw unwritable(named, e);
    }
  }

  /**
   * Forces the lines to disk, so that they survive a power failure.
   *
   * @throws ModelFileException if forcing fails
   */
  public void force() {
    try {
      if (!stream) {
        Uninterrupted.force(file, StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      throw unwritable(named, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(named, e);
    }
  }

  private static ModelFileException unwritable(Path file, Exception e) {
    return ModelFileException.unwritableFile(
        file,
        Destination.reason(e),
        "a file to which lines can be appended",
        "Check the permissions of the file and its folder and the free space, or choose another file;"
            + " earlier lines are unchanged.",
        e);
  }
}
