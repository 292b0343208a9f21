package org.recur4j.examples.command;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.error.StaleWeightsException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What ended a command, or spoiled one of its files.
 *
 * @param reason for a person
 * @param code the exit code
 */
public record Failure(String reason, int code) {
  private static final List<String> MEMORY = List.of("--batch", "--hidden", "--layers", "--length");
  private static final int DEEPEST_CAUSE = 20;

  /**
   * Understands whatever was thrown, errors of the Java machine included.
   *
   * @param thrown by a command or one of its threads
   * @param command whose options can be lowered; null where that is not known
   * @return reason and exit code
   */
  public static Failure of(Throwable thrown, CommandSpec command) {
    if (thrown instanceof RecurException) {
      boolean notTheInput =
          thrown instanceof BackendException
              || thrown instanceof ClosedException
              || thrown instanceof StaleWeightsException;
      return new Failure(thrown.getMessage(), notTheInput ? ExitCode.FAILURE : ExitCode.BAD_INPUT);
    }
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof OutOfMemoryError memory) {
        return new Failure(outOfMemory(memory, command), ExitCode.FAILURE);
      }
      if (cause instanceof StackOverflowError) {
        return new Failure(
            "a thread's stack is used up, as by input that is nested too deeply. Simplify the"
                + " input, or allow a larger stack: RECUR4J_JAVA_OPTS=-Xss16m",
            ExitCode.FAILURE);
      }
      cause = cause.getCause();
    }
    if (thrown instanceof UncheckedIOException io) {
      return new Failure(
          "a file cannot be read or written: " + io.getMessage(), ExitCode.BAD_INPUT);
    }
    return new Failure(
        "internal error: " + thrown + ". Run again with --debug and report it.", ExitCode.FAILURE);
  }

  private static String outOfMemory(OutOfMemoryError error, CommandSpec command) {
    String which = String.valueOf(error.getMessage());
    String kind = which.toLowerCase(Locale.ROOT);
    if (kind.contains("thread")) {
      return "out of memory: "
          + which
          + ". Lower --threads, or raise the system's limit of processes and threads";
    }
    if (kind.contains("direct")) {
      return "out of memory: " + which + ". " + advice(command, "-XX:MaxDirectMemorySize=4g");
    }
    if (kind.contains("metaspace") || kind.contains("class space")) {
      return "out of memory: " + which + ". " + advice(List.of(), "-XX:MaxMetaspaceSize=512m");
    }
    long most = Runtime.getRuntime().maxMemory() >> 20;
    return String.format(
        Locale.ROOT,
        "out of memory: %s; this Java machine takes at most %d MB. %s",
        which,
        most,
        advice(command, "-Xmx" + 2 * most + "m"));
  }

  /** Names those options that the command has. */
  private static String advice(CommandSpec command, String flag) {
    List<String> there = new ArrayList<>(MEMORY);
    if (command != null) {
      there.removeIf(option -> command.findOption(option) == null);
    }
    return advice(there, flag);
  }

  private static String advice(List<String> options, String flag) {
    return (options.isEmpty()
            ? "Allow more memory"
            : "Lower " + String.join(", ", options) + ", or allow more memory")
        + ": RECUR4J_JAVA_OPTS="
        + flag;
  }
}
