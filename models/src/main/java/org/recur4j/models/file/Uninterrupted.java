package org.recur4j.models.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs work on an interruptible channel in a thread that may have been interrupted, for which
 * {@link java.nio.channels.InterruptibleChannel} would close the channel and fail. The interrupt
 * status is cleared during the work and restored afterward.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Work that can be repeated from the beginning. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Runs work, and repeats it if an interrupt occurs meanwhile. */
  static void run(Work work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          work.run();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Forces the content of a file, or the names in a folder, to disk. */
  static void force(Path path, StandardOpenOption mode) throws IOException {
    run(
        () -> {
          try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
          } catch (UnsupportedOperationException e) {
            // An in-memory file system has no disk.
            return;
          }
        });
  }
}
