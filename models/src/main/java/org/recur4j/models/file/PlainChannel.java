package org.recur4j.models.file;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A channel that, unlike {@link java.nio.channels.FileChannel}, is not closed when its thread is
 * interrupted, so that a cancelled task can still save its results.
 */
final class PlainChannel implements SeekableByteChannel {
  private static final int COPY_BYTES = 1 << 13;

  private final RandomAccessFile file;
  private boolean open = true;

  private PlainChannel(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a file for reading, through its provider's channel if it does not belong to the default
   * file system.
   */
  static SeekableByteChannel reading(Path file) throws IOException {
    File plain = plain(file);
    if (plain == null) {
      return Files.newByteChannel(file);
    }
    try {
      return new PlainChannel(new RandomAccessFile(plain, "r"));
    } catch (FileNotFoundException e) {
      // newByteChannel throws a specific type, such as AccessDeniedException.
      Files.newByteChannel(file).close();
      throw e;
    }
  }

  /** Opens an existing file of the default file system for writing; its content is kept. */
  static PlainChannel writing(File file) throws IOException {
    return new PlainChannel(new RandomAccessFile(file, "rw"));
  }

  /** Returns the file in the default file system, or null for a path of another one. */
  static File plain(Path path) {
    try {
      return path.toFile();
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    checkOpen();
    byte[] bytes = new byte[target.hasArray() ? 0 : Math.min(COPY_BYTES, target.remaining())];
    int count;
    if (target.hasArray()) {
      int offset = target.arrayOffset() + target.position();
      count = file.read(target.array(), offset, target.remaining());
      target.position(target.position() + Math.max(0, count));
    } else {
      count = file.read(bytes);
      target.put(bytes, 0, Math.max(0, count));
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    checkOpen();
    int count = source.remaining();
    if (source.hasArray()) {
      file.write(source.array(), source.arrayOffset() + source.position(), count);
      source.position(source.limit());
    } else {
      byte[] bytes = new byte[Math.min(COPY_BYTES, count)];
      while (source.hasRemaining()) {
        int part = Math.min(bytes.length, source.remaining());
        source.get(bytes, 0, part);
        file.write(bytes, 0, part);
      }
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    checkOpen();
    return file.getFilePointer();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    checkOpen();
    file.seek(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return file.length();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    checkOpen();
    if (size < file.length()) {
      file.setLength(size);
    }
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    file.close();
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
