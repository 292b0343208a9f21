package org.recur4j.examples.comparison;

import com.google.gson.Gson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.tensor.MemoryUse;
import org.recur4j.models.comparison.RandomExamples;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.TrainingLoop;
import org.recur4j.models.training.optimizer.Optimizer;

/**
 * The program of a Java machine of its own: opens a backend, reads a model, answers once, trains a
 * few steps, and says how long it took and how much memory there was at most.
 *
 * @param machineSeconds from the start of the process to the first line of the program
 * @param backendSeconds to open the backend
 * @param modelSeconds to read the model
 * @param answerSeconds to answer the first time
 * @param heapBytes the most that the heap's pools held, garbage included
 * @param residentBytes the most that the process had in memory; −1 where the system does not tell
 * @param tensorBytes the most that live tensors took
 */
public record FreshStart(
    double machineSeconds,
    double backendSeconds,
    double modelSeconds,
    double answerSeconds,
    long heapBytes,
    long residentBytes,
    long tensorBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int ARGUMENTS = 7;

  /**
   * From the start of the process to the first answer.
   *
   * @return seconds
   */
  public double seconds() {
    return machineSeconds + backendSeconds + modelSeconds + answerSeconds;
  }

  /**
   * Runs in a process of its own, see {@link FreshProcess}.
   *
   * @param arguments when the process was started (milliseconds since 1970), backend, threads,
   *     model file, steps of a sequence, examples of a batch, training steps
   */
  public static void main(String[] arguments) {
    long now = System.currentTimeMillis();
    if (arguments.length != ARGUMENTS) {
      throw new IllegalArgumentException(arguments.length + " arguments instead of " + ARGUMENTS);
    }
    double machine = (now - Long.parseLong(arguments[0])) * 1e-3;
    FreshStart start =
        run(
            machine,
            arguments[1],
            Integer.parseInt(arguments[2]),
            Path.of(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]));
    System.out.println(new Gson().toJson(start));
    System.out.flush();
  }

  private static FreshStart run(
      double machine, String name, int threads, Path file, int steps, int batch, int training) {
    long begin = System.nanoTime();
    try (Backend backend = Backends.open(name, BackendOptions.defaults().withThreads(threads))) {
      long opened = System.nanoTime();
      try (Network network = Network.load(file, backend)) {
        long loaded = System.nanoTime();
        List<Example> examples = RandomExamples.of(network.architecture(), batch, steps, 1);
        network.predict(SequenceBatch.ofExamples(examples.subList(0, 1), MaskedOutput.ZERO));
        long answered = System.nanoTime();
        SequenceBatch whole = SequenceBatch.ofExamples(examples, MaskedOutput.ZERO);
        network.predict(whole);
        // The weights are this process's own; the file stays as it is.
        try (TrainingLoop<Example> loop =
            Trainer.of(network).optimizer(Optimizer.adam(1e-4)).batchSize(batch).begin()) {
          for (int step = 0; step < training; step++) {
            loop.step(examples);
          }
        }
        MemoryUse use = backend.memory().use();
        return new FreshStart(
            machine,
            (opened - begin) * 1e-9,
            (loaded - opened) * 1e-9,
            (answered - loaded) * 1e-9,
            heapPeak(),
            residentPeak(),
            use.peak());
      }
    }
  }

  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
        .sum();
  }

  /** Linux tells the "high water mark" of a process, in KiB. */
  private static long residentPeak() {
    try {
      return Files.isReadable(STATUS)
          ? Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElse(-1)
          : -1;
    } catch (IOException e) {
      // Told as not measured.
      return -1;
    }
  }
}
