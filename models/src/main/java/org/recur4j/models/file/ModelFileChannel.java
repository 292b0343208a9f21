package org.recur4j.models.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An open model file. Threads may share it, interrupted ones included. */
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
   * @param file a regular file
   * @return the open file; close it
   * @throws ModelFileException if there is no such file, or it cannot be read
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
          "a regular file, because it is not read from front to back",
          "Copy the content into a file and give that one.");
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
   * @return as given to {@link #open}
   */
  public Path file() {
    return file;
  }

  /**
   * Returns the present size.
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

  /** Opens an interruptible channel again that an interrupt closed. */
  private SeekableByteChannel channel() throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = PlainChannel.reading(file);
    }
    return channel;
  }

  /**
   * Fills the rest of the target.
   *
   * @param position of the first byte in the file
   * @param target is filled from its position to its limit
   * @throws ModelFileException if the file cannot be read or ends too early
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
            "the file's end " + target.remaining() + " bytes too early",
            "the length it had when it was opened",
            "Another program shortened the file: read it again when that program is done.");
      }
    }
  }

  /** A file that was only read has nothing to lose when closing fails. */
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
