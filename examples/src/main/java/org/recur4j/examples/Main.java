package org.recur4j.examples;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.recur4j.examples.command.Interruption;
import org.recur4j.examples.command.RootCommand;
import picocli.CommandLine;

/** The command line {@code recur4j}. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code, see {@link RootCommand}.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    writeAlikeEverywhere();
    Interruption interruption = new Interruption();
    interruption.listenForCtrlC();
    int code;
    try {
      code = run(interruption, writer(System.out), writer(System.err), arguments);
    } finally {
      interruption.finished();
    }
    System.exit(code);
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
    CommandLine line = RootCommand.commandLine(interruption);
    line.setOut(out).setErr(err);
    try {
      return line.execute(arguments);
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

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
