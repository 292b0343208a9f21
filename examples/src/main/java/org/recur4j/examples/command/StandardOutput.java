package org.recur4j.examples.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Standard output, which remembers that it could not be written: a {@link PrintWriter} swallows
 * that, and a command whose results nobody has seen would end as if all were well. After the first
 * failure nothing is written any more; the command goes on, since it may be training a model.
 */
public final class StandardOutput extends OutputStream {
  private static final Path LINUX = Path.of("/proc/self/fd/1");

  private final OutputStream target;
  private final boolean ofProcess;
  private IOException failure;

  /**
   * Writes through.
   *
   * @param target stands in for the process's standard output, unbuffered
   */
  public StandardOutput(OutputStream target) {
    this(target, false);
  }

  private StandardOutput(OutputStream target, boolean ofProcess) {
    this.target = Objects.requireNonNull(target, "target");
    this.ofProcess = ofProcess;
  }

  /**
   * Returns this process's standard output. Not {@link System#out}, which keeps to itself what went
   * wrong.
   *
   * @return an unbuffered stream
   */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), true);
  }

  @Override
  public synchronized void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    if (failure == null) {
      try {
        target.write(bytes, offset, count);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /**
   * Tells how a command ends whose output has been flushed into this.
   *
   * @param code its own exit code, which stands unless it is {@link ExitCode#OK}
   * @param err told in one line why standard output could not be written; told nothing where its
   *     reader has gone, as {@code head} does
   * @return the exit code of the process
   */
  public synchronized int exitCode(int code, PrintWriter err) {
    if (failure == null) {
      return code;
    }
    boolean readerGone = isReaderGone();
    if (!readerGone) {
      err.println(
          "recur4j: standard output cannot be written: "
              + failure.getMessage()
              + ". What was printed is lost, files are not.");
    }
    return code != ExitCode.OK ? code : readerGone ? ExitCode.READER_GONE : ExitCode.FAILURE;
  }

  /** Systems give their reason in the user's language; a pipe fails for this reason alone. */
  private boolean isReaderGone() {
    if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
      return true;
    }
    if (!ofProcess) {
      return false;
    }
    try {
      String open = Files.readSymbolicLink(LINUX).toString();
      return open.startsWith("pipe:") || open.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
