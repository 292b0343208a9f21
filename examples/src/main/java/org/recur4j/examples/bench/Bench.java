package org.recur4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Precision;

/**
 * Times workloads on several backends and numbers of threads, in turns, so that what else the
 * machine does hits all of them.
 *
 * @param workloads in this order
 * @param backends names; each is opened once for every number of threads
 * @param threads each at least 1
 * @param precision of the products; only inference has another than FULL
 * @param steps timed at least, of every workload on every backend
 * @param seconds timed at least, likewise
 * @param warmUp seconds of steps before, at least; more until they are steady
 */
public record Bench(
    List<Workload> workloads,
    List<String> backends,
    List<Integer> threads,
    Precision precision,
    int steps,
    double seconds,
    double warmUp) {
  private static final int ROUNDS = 5;

  /** Checks the numbers. */
  public Bench {
    workloads = List.copyOf(workloads);
    backends = List.copyOf(backends);
    threads = List.copyOf(threads);
    boolean counts = steps >= 1 && seconds >= 0 && warmUp >= 0;
    if (!counts || threads.stream().anyMatch(t -> t < 1)) {
      throw new InvalidArgumentException(
          "bench",
          "threads "
              + threads
              + ", "
              + steps
              + " steps, "
              + seconds
              + " and "
              + warmUp
              + " seconds",
          "at least one thread, at least one step, times of at least 0",
          "Correct the options");
    }
    for (Workload workload : workloads) {
      if (precision != Precision.FULL && workload.task() == Workload.Task.TRAINING) {
        throw new InvalidArgumentException(
            "bench",
            workload + ", a training, in precision " + precision,
            "precision FULL, or workloads without training",
            "Choose among W5, W6a, W6b, W3F and W4F, or leave --precision out");
      }
    }
  }

  /**
   * Runs everything.
   *
   * @param progress told what is going on
   * @return what came of it
   * @throws org.recur4j.api.error.RecurException if a figure cannot be: something was faster than
   *     the peak that was measured in the same run
   */
  public BenchReport run(Consumer<String> progress) {
    Ceiling ceiling = new Ceiling(PeakProbe.best());
    List<Contender> contenders = new ArrayList<>();
    try {
      for (String backend : backends) {
        for (int count : threads) {
          contenders.add(Contender.open(backend, count));
        }
      }
      Environment environment =
          Environment.now(
              ceiling.description(), contenders.stream().map(Contender::backend).toList());
      environment.lines().forEach(progress);
      List<List<Timing>> done = new ArrayList<>();
      for (Workload workload : workloads) {
        done.add(time(workload, contenders, ceiling, progress));
      }
      List<Result> results = new ArrayList<>();
      for (int w = 0; w < done.size(); w++) {
        for (Timing timing : done.get(w)) {
          results.add(timing.result(workloads.get(w), ceiling));
        }
      }
      results.forEach(ceiling::check);
      return new BenchReport(
          environment.withCeiling(ceiling.peak(), ceiling.bestProduct()), results);
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private List<Timing> time(
      Workload workload, List<Contender> contenders, Ceiling ceiling, Consumer<String> progress) {
    List<Timing> timings = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        Timing timing = new Timing(workload, contender, precision);
        timings.add(timing);
        timing.warmUp(warmUp);
        ProductProbe.run(contender, ceiling);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Timing timing : timings) {
          ceiling.probe();
          timing.measure((steps + ROUNDS - 1) / ROUNDS, seconds / ROUNDS);
        }
      }
      ceiling.probe();
    } finally {
      timings.forEach(Timing::close);
    }
    timings.forEach(timing -> progress.accept(timing.result(workload, ceiling).line()));
    return timings;
  }
}
