package org.recur4j.models.file;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Makes what Java cannot: pipes and device nodes. Skips the test, with the reason, elsewhere. */
public final class SpecialFiles {
  private SpecialFiles() {}

  /**
   * Makes a named pipe.
   *
   * @param file where
   * @return the same
   */
  public static Path pipe(Path file) {
    run("mkfifo", file.toString());
    return file;
  }

  /**
   * A node that swallows what is written. One of its own where this user may make one, because a
   * fault would destroy it; an ordinary user cannot harm the system's.
   */
  static Path nullDevice(Path file) {
    return device(file, "3", "/dev/null");
  }

  /** A node for which the disk is full. */
  static Path fullDevice(Path file) {
    return device(file, "7", "/dev/full");
  }

  private static Path device(Path file, String number, String ofSystem) {
    if (isAdministrator()) {
      run("mknod", file.toString(), "c", "1", number);
      return file;
    }
    if (!Files.exists(Path.of(ofSystem))) {
      skip("no " + ofSystem + " here");
    }
    return Path.of(ofSystem);
  }

  /** No such disk need exist for the node to. */
  static Path blockDevice(Path file) {
    run("mknod", file.toString(), "b", "7", "250");
    return file;
  }

  static boolean isAdministrator() {
    try {
      return Files.exists(Path.of("/proc/self"))
          && (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static void skip(String reason) {
    System.out.println("skipped: " + reason);
    abort(reason);
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        byte[] said = process.getInputStream().readAllBytes();
        skip(command[0] + ": " + new String(said, StandardCharsets.UTF_8).strip());
      }
    } catch (IOException e) {
      skip("no program " + command[0] + " here");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
