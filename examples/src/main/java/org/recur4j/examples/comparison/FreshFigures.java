package org.recur4j.examples.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.comparison.BackendComparison;
import org.recur4j.models.comparison.Estimate;

/** Starts and memory of a Java machine for each backend. */
final class FreshFigures {
  private static final String MIB = "MiB";
  private static final int BATCH = 32;
  private static final int TRAINING_STEPS = 20;

  private final BackendComparison backends;
  private final FreshProcess process;
  private final Effort effort;
  private final Consumer<String> progress;

  FreshFigures(
      BackendComparison backends, Path file, int steps, Effort effort, Consumer<String> progress) {
    this.backends = backends;
    this.process = new FreshProcess(effort.threads(), file, steps, BATCH, TRAINING_STEPS);
    this.effort = effort;
    this.progress = progress;
  }

  void add(AskedModel.Outcome outcome) {
    Map<String, List<FreshStart>> starts = new LinkedHashMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    backends.backends().forEach(b -> starts.put(b.info().name(), new ArrayList<>()));
    if (effort.starts() > 0) {
      progress.accept("starting " + effort.starts() + " Java machines for each backend");
    }
    for (int round = 0; round < effort.starts(); round++) {
      for (Map.Entry<String, List<FreshStart>> entry : starts.entrySet()) {
        FreshProcess.Attempt attempt = process.start(entry.getKey());
        if (attempt.start() == null) {
          failures.put(entry.getKey(), attempt.failure());
        } else {
          entry.getValue().add(attempt.start());
        }
      }
    }
    for (Backend backend : backends.backends()) {
      String name = backend.info().name();
      String why =
          effort.starts() == 0
              ? "no start was asked for (--starts 0)"
              : failures.getOrDefault(name, "no start");
      figures(outcome.figures(), backend, starts.get(name), why);
    }
    if (effort.starts() == 0) {
      return;
    }
    outcome
        .notes()
        .add(
            "Starts and memory are those of a Java machine for each backend, with this one's flags:"
                + " open, read the model, answer once, train "
                + TRAINING_STEPS
                + " steps of "
                + BATCH
                + " examples. The heap's peak includes garbage; the process's"
                + " memory is heap, native memory and code, which the system does not tell apart.");
  }

  private static void figures(
      List<Figure> figures, Backend backend, List<FreshStart> starts, String why) {
    String name = backend.info().name();
    figures.add(median(Measures.START, "s", name, starts, FreshStart::seconds, why));
    figures.add(median(Measures.OPEN, "s", name, starts, FreshStart::backendSeconds, why));
    figures.add(
        median(Measures.HEAP, MIB, name, starts, s -> s.heapBytes() / ComparisonRun.MEBIBYTE, why));
    boolean told = starts.stream().allMatch(start -> start.residentBytes() >= 0);
    figures.add(
        told
            ? median(
                Measures.PROCESS,
                MIB,
                name,
                starts,
                s -> s.residentBytes() / ComparisonRun.MEBIBYTE,
                why)
            : Figure.missing(
                Measures.PROCESS, MIB, name, "only Linux tells it, in /proc/self/status"));
    figures.add(
        ComparisonRun.onProcessor(backend)
            ? Figure.missing(Measures.DEVICE, MIB, name, "it computes on the processor")
            : median(
                Measures.DEVICE,
                MIB,
                name,
                starts,
                s -> s.tensorBytes() / ComparisonRun.MEBIBYTE,
                why));
  }

  private static Figure median(
      String measure,
      String unit,
      String backend,
      List<FreshStart> starts,
      ToDoubleFunction<FreshStart> value,
      String why) {
    return starts.isEmpty()
        ? Figure.missing(measure, unit, backend, why)
        : Figure.of(
            measure,
            unit,
            backend,
            Estimate.ofMedian(
                starts.stream().mapToDouble(value).toArray(), BackendComparison.CONFIDENCE));
  }
}
