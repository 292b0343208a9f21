package org.recur4j.models.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AtomicFile;

/**
 * The exclusive use of a checkpoint by one training run. Without it, two runs that write the same
 * file would each resume from the other's checkpoint. It is an operating system lock on a small
 * file beside the checkpoint, because the checkpoint itself is replaced repeatedly; the system
 * releases it when the process ends, however it ends.
 */
final class CheckpointLock implements AutoCloseable {
  private static final String SUFFIX = ".lock";
  private static final int ATTEMPTS = 100;
  private static final int LARGEST_MARK = 1 << 12;

  /**
   * Beyond the content of the file, because Windows prevents reads of a locked region and other
   * processes read the name of the holder.
   */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private CheckpointLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Acquires the lock of a checkpoint.
   *
   * @param options empty for training without checkpoints, which needs no lock
   * @throws RecurException if other training holds the lock or the checkpoint cannot be written
   */
  static CheckpointLock of(Optional<Checkpoints.Options> options) {
    if (options.isEmpty()) {
      return new CheckpointLock(null, null);
    }
    Path named = options.get().file();
    AtomicFile.check(named);
    // Two links to the same checkpoint share one lock.
    Path checkpoint = AtomicFile.regular(named);
    Path file = checkpoint.resolveSibling(checkpoint.getFileName() + SUFFIX);
    try {
      return new CheckpointLock(file, open(named, file));
    } catch (IOException e) {
      throw new RecurException(
          RecurException.message(
              "checkpoint " + named,
              e.toString(),
              "a lock file " + file + " that this user can write",
              "Remove it if no training uses the checkpoint, or choose another checkpoint"),
          e);
    }
  }

  /**
   * Opens and locks the file. An interrupt closes the channel, so its flag is cleared for another
   * attempt and set again at the end.
   */
  private static FileChannel open(Path checkpoint, Path file) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          FileChannel channel = attempt(checkpoint, file);
          if (channel != null) {
            return channel;
          }
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
      throw new IOException("another program removes it repeatedly");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns null if the file was removed in the meantime. */
  private static FileChannel attempt(Path checkpoint, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean kept = false;
    try {
      if (!lock(checkpoint, channel) || isStillThere(file, channel)) {
        kept = true;
      }
      return kept ? channel : null;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  /**
   * Returns false if the file system does not support locks; training then continues without one.
   */
  private static boolean lock(Path checkpoint, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(PLACE, 1, false);
    } catch (OverlappingFileLockException e) {
      throw held(checkpoint, "in this process");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
    if (lock == null) {
      ByteBuffer holder = ByteBuffer.allocate(LARGEST_MARK);
      channel.read(holder, 0);
      String process = StandardCharsets.UTF_8.decode(holder.flip()).toString().strip();
      throw held(checkpoint, process.isEmpty() ? "in another process" : process);
    }
    return true;
  }

  /**
   * Returns whether the locked file still exists; the previous holder may have removed it after
   * this process opened it. The file is recognized by a random length, because opening and closing
   * it again would release this process's lock.
   */
  private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
    String holder = "in process " + ProcessHandle.current().pid();
    int length = ThreadLocalRandom.current().nextInt(holder.length(), LARGEST_MARK);
    String mark = holder + " ".repeat(length - holder.length());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
    return Files.exists(file) && Files.size(file) == length;
  }

  private static RecurException held(Path checkpoint, String where) {
    return new RecurException(
        RecurException.message(
            "checkpoint " + checkpoint,
            "a file that other training " + where + " is using",
            "a separate checkpoint for each training run",
            "Wait until that training has ended, or choose another checkpoint"));
  }

  /**
   * Deletes the file before releasing the lock, so that the file of a later holder is not deleted.
   */
  @Override
  public void close() {
    if (channel != null) {
      try (channel) {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A remaining file holds no lock.
        return;
      }
    }
  }
}
