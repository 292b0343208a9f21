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
import java.util.concurrent.ThreadLocalRandom;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.file.AtomicFile;

/**
 * Holds a checkpoint for one training: two that write one file in turns would each go on from the
 * other's. The lock is the operating system's, on a small file beside the checkpoint, because the
 * checkpoint itself is replaced again and again; it ends with its process, however that ends.
 */
final class CheckpointLock implements AutoCloseable {
  private static final String SUFFIX = ".lock";
  private static final int ATTEMPTS = 100;
  private static final int LARGEST_MARK = 1 << 12;

  /** Behind all content, so that Windows lets others read who holds it. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private CheckpointLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a checkpoint.
   *
   * @param where null for a training without checkpoints, which needs none
   * @throws RecurException if another training holds it, or the checkpoint cannot be written
   */
  static CheckpointLock of(Checkpointing where) {
    if (where == null) {
      return new CheckpointLock(null, null);
    }
    AtomicFile.check(where.file());
    // Two links to one checkpoint have one lock.
    Path checkpoint = AtomicFile.regular(where.file());
    Path file = checkpoint.resolveSibling(checkpoint.getFileName() + SUFFIX);
    try {
      return new CheckpointLock(file, open(where.file(), file));
    } catch (IOException e) {
      throw new RecurException(
          RecurException.message(
              "checkpoint " + where.file(),
              e.toString(),
              "a lock file " + file + " that this user may write",
              "Remove it if no training uses the checkpoint, or name another checkpoint"),
          e);
    }
  }

  /** An interrupt closes the channel: its flag is held back, and the attempt made again. */
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
      throw new IOException("another program removes it again and again");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns null where the file was removed meanwhile. */
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

  /** Returns false where the file system has no locks: training goes on without. */
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
   * Whoever held it before may have removed the file after this process opened it. It is told by
   * its length, because opening it once more would give up this process's lock.
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
            "a file that another training " + where + " is using",
            "a checkpoint of its own for each training",
            "Wait until that training has ended, or name another checkpoint"));
  }

  /** Removed before it is given back, so that nobody else's is removed. */
  @Override
  public void close() {
    if (channel != null) {
      try (channel) {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A file that stays holds no lock.
        return;
      }
    }
  }
}
