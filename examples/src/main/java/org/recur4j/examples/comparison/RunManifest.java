package org.recur4j.examples.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.examples.bench.Environment;

/** Where and with what figures were measured: without it they say nothing. */
public final class RunManifest {
  private static final String UNKNOWN = "unknown";

  private RunManifest() {}

  /**
   * What can be known.
   *
   * @param command words on the command line, without the program's name
   * @param backends open ones
   * @return values by name, in order
   */
  public static Map<String, String> of(List<String> command, List<Backend> backends) {
    Map<String, String> manifest = new LinkedHashMap<>();
    manifest.put("command", "./recur4j " + String.join(" ", command));
    manifest.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("commit", commit());
    manifest.put("processor", Environment.processorName());
    manifest.put(
        "processors for Java", Integer.toString(Runtime.getRuntime().availableProcessors()));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    manifest.put("load at the start", load < 0 ? UNKNOWN : Double.toString(load));
    manifest.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    manifest.put(
        "Java",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    manifest.put(
        "Java flags", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    manifest.put("heap at most", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
    for (Backend backend : backends) {
      BackendInfo info = backend.info();
      manifest.put(
          "backend " + info.name(), info.version() + "; " + info.device() + "; " + info.engine());
    }
    return manifest;
  }

  /** Of the checkout that this was built from, if it is run from one and git is there. */
  private static String commit() {
    try {
      Path classes =
          Path.of(RunManifest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String commit = git(classes, "rev-parse", "HEAD");
      String changes = git(classes, "status", "--porcelain", "--untracked-files=no");
      return changes.isEmpty() ? commit : commit + ", with changes";
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN + " (" + e.getMessage() + ")";
    }
  }

  private static String git(Path place, String... words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C");
    builder.command().add((place.toFile().isDirectory() ? place : place.getParent()).toString());
    builder.command().addAll(List.of(words));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("not a checkout of git");
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
  }
}
