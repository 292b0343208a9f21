package org.recur4j.examples;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.recur4j.examples.command.ExitCode;
import org.recur4j.examples.command.Failure;
import org.recur4j.examples.command.Interruption;
import org.recur4j.examples.command.RootCommand;
import org.recur4j.examples.command.StandardOutput;
import picocli.CommandLine;

/** The command line {@code recur4j}. */
public final class Main {
  /** Held here, because the log manager forgets a logger, and its level, that nothing refers to. */
  private static final Logger LIBRARY = Logger.getLogger("org.recur4j");

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code, see {@link RootCommand}.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    writeAlikeEverywhere();
    logWarningsOnly();
    PrintWriter err = writer(System.err);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> say(err, "in thread " + thread.getName() + ": ", thrown, arguments));
    Interruption interruption = new Interruption();
    int code = ExitCode.FAILURE;
    try {
      interruption.listenForCtrlC();
      code = run(interruption, StandardOutput.ofProcess(), err, arguments);
    } finally {
      interruption.finished();
      System.exit(code);
    }
  }

  /**
   * Runs a command without ending the process, and tells where its output cannot be written.
   *
   * @param interruption set by whoever wants it to stop early
   * @param out results
   * @param err progress and errors
   * @param arguments the command and its options
   * @return the exit code
   */
  public static int run(
      Interruption interruption, StandardOutput out, PrintWriter err, String... arguments) {
    return out.exitCode(run(interruption, writer(out), err, arguments), err);
  }

  /**
   * Runs a command without ending the process.
   *
   * @param interruption set by whoever wants it to stop early
   * @param out results
   * @param err progress and errors
   * @param arguments the command and its options
   * @return the exit code
   */
  public static int run(
      Interruption interruption, PrintWriter out, PrintWriter err, String... arguments) {
    try {
      CommandLine line = RootCommand.commandLine(interruption);
      return line.setOut(out).setErr(err).execute(arguments);
    } catch (RuntimeException | Error e) {
      return say(err, "", e, arguments);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /**
   * Makes this process write UTF-8 and Western digits whatever the machine's locale says, other
   * libraries' lines among them. This must come before anything is printed.
   */
  private static void writeAlikeEverywhere() {
    Locale.setDefault(Locale.ROOT);
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
  }

  /**
   * Keeps the library's log lines below WARNING off standard error, which belongs to the command,
   * unless a logging configuration sets a level.
   */
  private static void logWarningsOnly() {
    if (LIBRARY.getLevel() == null) {
      LIBRARY.setLevel(Level.WARNING);
    }
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

  /** Of last resort: what a command throws, it tells itself. */
  private static int say(PrintWriter err, String where, Throwable thrown, String... arguments) {
    Failure failure = Failure.of(thrown, null);
    err.println("recur4j: " + where + failure.reason());
    if (List.of(arguments).contains("--debug")) {
      thrown.printStackTrace(err);
    }
    return failure.code();
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
