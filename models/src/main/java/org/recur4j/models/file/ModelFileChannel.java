package org.recur4j.models.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file opened for reading at any position. Thread-safe; interrupted threads may read as well. */
public final class ModelFileChannel implements AutoCloseable {
  private final Path file;
  private SeekableByteChannel channel;
  private boolean closed;

  private ModelFileChannel(Path file, SeekableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file.
   *
   * @param file regular file
   * @return the open file; the caller closes it
   * @throws ModelFileException if the file does not exist or cannot be read
   */
  public static ModelFileChannel open(Path file) {
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.FOLDER) {
      throw ModelFileException.unreadable(
          file, "a folder or a device", "a file", "Add the file's name to the path.");
    }
    if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
      throw ModelFileException.unreadable(
          file,
          kind.description(),
          "a regular file, because it is read at arbitrary positions",
          "Copy the content into a regular file.");
    }
    try {
      return new ModelFileChannel(file, PlainChannel.reading(file));
    } catch (NoSuchFileException e) {
      throw ModelFileException.unreadable(
          file, "no such file", "an existing file", "Check the path.", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Returns the file.
   *
   * @return the path given to {@link #open}
   */
  public Path file() {
    return file;
  }

  /**
   * Returns the current size.
   *
   * @return bytes
   * @throws ModelFileException if the file cannot be read
   */
  public synchronized long size() {
    long[] size = new long[1];
    try {
      Uninterrupted.run(() -> size[0] = channel().size());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return size[0];
  }

  /** Reopens an interruptible channel that was closed by an interrupt. */
  private SeekableByteChannel channel() throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = PlainChannel.reading(file);
    }
    return channel;
  }

  /**
   * Fills the rest of a buffer.
   *
   * @param position position in the file of the first byte
   * @param target buffer to fill from its position to its limit
   * @throws ModelFileException if the file cannot be read or ends before the buffer is full
   */
  public synchronized void readAt(long position, ByteBuffer target) {
    int start = target.position();
    try {
      Uninterrupted.run(
          () -> {
            channel().position(position);
            readFully(target.position(start));
          });
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void readFully(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw ModelFileException.unreadable(
            file,
            "the end of the file " + target.remaining() + " bytes early",
            "the length it had when it was opened",
            "Another program truncated the file; read it again when that program has finished.");
      }
    }
  }

  /** Ignores failures, which cannot lose data of a file opened for reading. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      return;
    }
  }

  private static ModelFileException unreadable(Path file, IOException e) {
    String detail = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    return ModelFileException.unreadable(
        file,
        e.getClass().getSimpleName() + detail,
        "a readable file",
        "Check the path and its permissions.",
        e);
  }
}
