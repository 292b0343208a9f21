package org.recur4j.models.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The bytes of an open model file, with errors for a person. Threads may share it, interrupted ones
 * too.
 */
final class ModelFileChannel implements AutoCloseable {
  private static final String DAMAGED =
      "The file is cut off or damaged, or not a safetensors file: check the path, or take a fresh copy.";

  private final Path file;
  private SeekableByteChannel channel;
  private boolean closed;

  private ModelFileChannel(Path file, SeekableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static ModelFileChannel open(Path file) {
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

  Path file() {
    return file;
  }

  synchronized long size() {
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

  /** The JSON text, after its length was compared with the file's. */
  byte[] readHeader() {
    long fileBytes = size();
    if (fileBytes < SafeTensorsHeader.LENGTH_BYTES) {
      throw ModelFileException.unreadable(
          file, "a file of " + fileBytes + " bytes", "at least 8, the header's length", DAMAGED);
    }
    ByteBuffer prefix =
        ByteBuffer.allocate(SafeTensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readAt(0, prefix);
    long length = prefix.getLong(0);
    if (length < 0 || length > SafeTensorsHeader.MAXIMUM_BYTES) {
      throw ModelFileException.unreadable(
          file,
          "a header of " + Long.toUnsignedString(length) + " bytes",
          "at most " + SafeTensorsHeader.MAXIMUM_BYTES,
          "This is not a safetensors file, or its first bytes are damaged: check the path.");
    }
    if (length > fileBytes - SafeTensorsHeader.LENGTH_BYTES) {
      throw ModelFileException.unreadable(
          file,
          "a header of " + length + " bytes in a file of " + fileBytes,
          "a header that ends within the file",
          DAMAGED);
    }
    byte[] text = new byte[(int) length];
    readAt(SafeTensorsHeader.LENGTH_BYTES, ByteBuffer.wrap(text));
    return text;
  }

  /** Fills the rest of the target. */
  synchronized void readAt(long position, ByteBuffer target) {
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
