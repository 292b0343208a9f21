package org.recur4j.examples.comparison;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts Java machines like this one, with its flags and class path, to see how long a backend
 * takes from nothing to the first answer.
 *
 * @param threads of the backends
 * @param file the model
 * @param steps of a sequence
 * @param batch examples of a training step
 * @param trainingSteps for the peak of memory
 */
record FreshProcess(int threads, Path file, int steps, int batch, int trainingSteps) {
  private static final long PATIENCE_SECONDS = 180;

  /** A start, or why there is none. */
  record Attempt(FreshStart start, String failure) {}

  Attempt start(String backend) {
    try {
      Path errors = Files.createTempFile("recur4j-start", ".txt");
      errors.toFile().deleteOnExit();
      try {
        return start(backend, errors);
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      return new Attempt(null, "no other Java machine can be started here: " + e.getMessage());
    }
  }

  private Attempt start(String backend, Path errors) throws IOException {
    Process process = new ProcessBuilder(command(backend)).redirectError(errors.toFile()).start();
    Thread end = new Thread(process::destroyForcibly, "recur4j-end-of-" + process.pid());
    try {
      // Ctrl-C ends this machine without coming by here again.
      Runtime.getRuntime().addShutdownHook(end);
      // What it says is one short line, so that it never waits for somebody to read it.
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        return new Attempt(
            null,
            ended
                ? "its process ended with " + process.exitValue() + ": " + firstLine(errors)
                : "its process took longer than " + PATIENCE_SECONDS + " seconds");
      }
      String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // Libraries may print before.
      String json = line.substring(Math.max(0, line.lastIndexOf('{')));
      return new Attempt(new Gson().fromJson(json, FreshStart.class), null);
    } catch (JsonParseException e) {
      return new Attempt(null, "its process printed something else: " + e.getMessage());
    } catch (IllegalStateException e) {
      return new Attempt(null, "stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Attempt(null, "interrupted");
    } finally {
      process.destroyForcibly();
      forget(end);
    }
  }

  private static void forget(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The machine is ending; the process has been ended above.
      return;
    }
  }

  private static String firstLine(Path errors) throws IOException {
    // Whatever the process wrote it in: a line that is partly illegible is better than none.
    String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("nothing was said");
  }

  private List<String> command(String backend) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger or a profiler of this machine is not that one's.
      if (!flag.startsWith("-agent") && !flag.startsWith("-javaagent")) {
        command.add(flag);
      }
    }
    command.add("-cp");
    command.add(absolute(System.getProperty("java.class.path")));
    command.add(FreshStart.class.getName());
    command.add(Long.toString(System.currentTimeMillis()));
    command.add(backend);
    command.add(Integer.toString(threads));
    command.add(file.toAbsolutePath().toString());
    command.add(Integer.toString(steps));
    command.add(Integer.toString(batch));
    command.add(Integer.toString(trainingSteps));
    return command;
  }

  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry.isEmpty() ? "." : entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
