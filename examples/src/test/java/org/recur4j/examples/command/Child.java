package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.recur4j.examples.Main;

/** The command line in a Java machine of its own, which can be interrupted and run short. */
final class Child implements AutoCloseable {
  private static final int PATIENCE = 120;

  private final Path files;
  private final Process process;

  private Child(Path files, Process process) {
    this.files = files;
    this.process = process;
  }

  static Child start(Path folder, List<String> flags, String... arguments) throws IOException {
    Path files = Files.createTempDirectory(folder, "child");
    Process process =
        new ProcessBuilder(command(flags, arguments))
            .directory(folder.toFile())
            .redirectOutput(files.resolve("out").toFile())
            .redirectError(files.resolve("err").toFile())
            .start();
    return new Child(files, process);
  }

  static List<String> command(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(files.resolve("out"), StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(files.resolve("err"), StandardCharsets.UTF_8);
  }

  /** Waits for a command that is in the middle of its work, by the time that it has computed. */
  void awaitWork(Duration computed) throws InterruptedException {
    while (process.isAlive()
        && process.info().totalCpuDuration().orElse(computed).compareTo(computed) < 0) {
      Thread.sleep(20);
    }
  }

  int await() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as(out() + err()).isTrue();
    return process.exitValue();
  }

  /**
   * Sends what Ctrl-C sends.
   *
   * @return the exit code that follows: 130, or 143 where only the signal TERM can be sent
   */
  int interrupt() throws IOException, InterruptedException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    boolean ignored = Files.exists(status) && ignoresInt(Files.readString(status));
    if (!ignored) {
      try {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
        return ExitCode.INTERRUPTED;
      } catch (IOException e) {
        ignored = true;
      }
    }
    System.out.println(
        "The signal INT cannot be sent: a background job ignores it, or there is no 'kill'. The"
            + " signal TERM is sent instead.");
    process.destroy();
    return 143;
  }

  /** The second bit of the mask: a shell's background job is started that way. */
  private static boolean ignoresInt(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 2) != 0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
