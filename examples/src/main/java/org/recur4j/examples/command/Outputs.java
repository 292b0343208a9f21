package org.recur4j.examples.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.recur4j.api.error.InvalidArgumentException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The files of one command. They are named before anything runs, so that two outputs which are one
 * file are refused, and written one by one, so that one that fails costs neither the others nor
 * what is printed.
 */
final class Outputs {
  /** Where the system shows what the standard streams are redirected to. */
  private static final Map<String, Path> STREAMS =
      Map.of("standard output", Path.of("/dev/fd/1"), "standard error", Path.of("/dev/fd/2"));

  private final CommandSpec command;
  private final List<NamedFile> files = new ArrayList<>();
  private final Set<String> unwritten = new HashSet<>();
  private int code = ExitCode.OK;

  Outputs(CommandSpec command) {
    this.command = command;
  }

  /** A file that is written; null where the option was not given. */
  Outputs file(String option, Path path) {
    if (path != null) {
      OutputFile.check(option, path);
      files.add(NamedFile.written(option + " " + path, path));
    }
    return this;
  }

  /** The same for a file that is read again, which a stream cannot be. */
  Outputs regularFile(String option, Path path) {
    if (path != null) {
      OutputFile.checkRegular(option, path);
    }
    return file(option, path);
  }

  /** A file that comes with another one without having been named. */
  Outputs beside(String option, Path path, Path companion) {
    // A stream has no neighbor: what would go beside it goes into it.
    if (!companion.equals(path)) {
      String label = option + " " + path + ", with " + companion.getFileName() + " beside it,";
      files.add(NamedFile.written(label, companion));
    }
    return this;
  }

  /** A file that grows: one that is there need not be replaced, which its folder may forbid. */
  Outputs growing(String option, Path path) {
    if (path != null && (!Files.exists(path) || Files.isDirectory(path))) {
      OutputFile.check(option, path);
    }
    if (path != null) {
      files.add(NamedFile.written(option + " " + path, path));
    }
    return this;
  }

  /**
   * A folder into which files are written; null where the option was not given.
   *
   * @param names which files
   */
  Outputs folder(String option, Path path, Predicate<String> names) {
    if (path != null) {
      files.add(NamedFile.folder(option + " " + path, path, names));
    }
    return this;
  }

  /** A file that is read, and must still be there afterward; null where it was not given. */
  Outputs input(String option, Path path) {
    if (path != null) {
      files.add(NamedFile.read(option + " " + path, path));
    }
    return this;
  }

  /** Refuses two that are one file, whatever they are called; standard output may be one. */
  void check() {
    STREAMS.forEach(
        (name, path) -> {
          // Into one file both would write over one another; a pipe or a terminal takes turns.
          if (Files.isRegularFile(path)) {
            files.add(NamedFile.read(name, path));
          }
        });
    for (int i = 0; i < files.size(); i++) {
      for (int j = i + 1; j < files.size(); j++) {
        if (files.get(i).collides(files.get(j))) {
          throw new InvalidArgumentException(
              command.qualifiedName().substring(command.root().name().length()).trim(),
              files.get(i).label() + " and " + files.get(j).label() + ", which are one file",
              "a file of its own for each",
              "Choose another name for one of them");
        }
      }
    }
  }

  /**
   * Writes a file, and only warns where that fails.
   *
   * @param option that asked for it
   * @param path null where it was not given, and nothing is written
   * @param writing writes it
   */
  void write(String option, Path path, Runnable writing) {
    if (path == null) {
      return;
    }
    try {
      writing.run();
    } catch (RuntimeException | Error e) {
      // Drawing needs fonts and native libraries, whose absence is an error of the machine.
      unwritten.add(option);
      failed(option + " " + path, e);
    }
  }

  boolean isWritten(String option) {
    return !unwritten.contains(option);
  }

  /** Warns that a file is missing or incomplete. */
  void failed(String label, Throwable e) {
    Failure failure = Failure.of(e, command);
    String missing =
        e instanceof LinkageError || String.valueOf(e.getMessage()).contains("ontconfig")
            ? " Pictures need fonts: install fontconfig and a font."
            : "";
    PrintWriter err = command.commandLine().getErr();
    err.println("recur4j: warning: " + label + ": " + failure.reason() + missing);
    if (Boolean.TRUE.equals(command.root().findOption("--debug").getValue())) {
      e.printStackTrace(err);
    }
    err.flush();
    code = Math.max(code, failure.code());
  }

  /**
   * How a command ends whose files are what it was run for.
   *
   * @return {@link ExitCode#OK} if all of them were written
   */
  int exitCode() {
    return code;
  }
}
