package org.recur4j.examples.command;

/** What a command's end tells the shell. */
public final class ExitCode {
  /** Everything worked. */
  public static final int OK = 0;

  /** A backend is not available, or something failed that the input is not to blame for. */
  public static final int FAILURE = 1;

  /** The command line or a file that it names cannot be used. */
  public static final int BAD_INPUT = 2;

  /** Stopped by Ctrl-C: 128 and the signal's number, as shells do. */
  public static final int INTERRUPTED = 130;

  /**
   * Whoever read standard output has gone: 128 and the number of the signal PIPE, as for others.
   */
  public static final int READER_GONE = 141;

  private ExitCode() {}
}
