package org.recur4j.examples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;

/**
 * Where figures come from: without it they say nothing.
 *
 * @param time when the run began
 * @param processor its name
 * @param cores that Java may use
 * @param java the virtual machine
 * @param load average number of running processes of the last minute when the run began; negative
 *     where the system does not tell
 * @param probe what measured the peak
 * @param backends device and engine, by name and threads
 * @param peak the best seen, GFLOP/s of one core; 0 before the run
 * @param bestProduct the best product seen, GFLOP/s a thread; 0 before the run
 */
public record Environment(
    String time,
    String processor,
    int cores,
    String java,
    double load,
    String probe,
    Map<String, String> backends,
    double peak,
    double bestProduct) {
  static Environment now(String probe, List<Backend> open) {
    Map<String, String> backends = new LinkedHashMap<>();
    for (Backend backend : open) {
      BackendInfo info = backend.info();
      backends.put(info.name() + "/" + info.threads(), info.device() + "; " + info.engine());
    }
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        probe,
        backends,
        0,
        0);
  }

  Environment withCeiling(double newPeak, double newBestProduct) {
    return new Environment(
        time, processor, cores, java, load, probe, backends, newPeak, newBestProduct);
  }

  /**
   * Linux tells the processor's name; elsewhere its kind must do.
   *
   * @return for a person
   */
  public static String processorName() {
    Path file = Path.of("/proc/cpuinfo");
    String kind = System.getProperty("os.arch");
    try {
      if (Files.isReadable(file)) {
        return Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(kind);
      }
    } catch (IOException e) {
      // The name is a courtesy; a figure without it is still a figure.
      return kind;
    }
    return kind;
  }

  /**
   * For a person.
   *
   * @return lines
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("processor  " + processor + ", " + cores + " cores for Java");
    lines.add("java       " + java);
    lines.add("load       " + (load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load)));
    lines.add("peak by    " + probe);
    backends.forEach((name, text) -> lines.add("backend    " + name + ": " + text));
    return lines;
  }
}
