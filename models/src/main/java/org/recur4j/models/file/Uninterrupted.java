package org.recur4j.models.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs work on an interruptible channel in a thread that may have been interrupted: {@link
 * java.nio.channels.InterruptibleChannel} would close the channel and fail. The interrupt flag is
 * held back meanwhile and set again afterward.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** What can be done again from the beginning. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Runs it, again where an interrupt arrives in the middle. */
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

  /** Forces what was written to a file, or renamed in a folder, to disk. */
  static void force(Path path, StandardOpenOption mode) throws IOException {
    run(
        () -> {
          try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
          } catch (UnsupportedOperationException e) {
            // A file system in memory has no disk.
            return;
          }
        });
  }
}
