package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.RecurException;

/**
 * Runs the same workload on several backends in turns: one backend computes for a short time while
 * the others wait, round after round, so that other load on the machine affects all of them.
 * Backends are compared by confidence intervals of the rounds' ratios; if an interval contains 1,
 * there is no significant difference.
 *
 * <pre>{@code
 * try (BackendComparison comparison = BackendComparison.open()) {
 *   TrainingComparison<Evaluation> training =
 *       comparison.training(
 *           (backend, listener) -> {
 *             try (Network network = builder().build(backend)) {
 *               Trainer.of(network).epochs(3).seed(1).listener(listener).train(examples);
 *               return Trainer.evaluate(network, test);
 *             }
 *           },
 *           TurnPolicy.of(20, 2));
 *   training.contrasts().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class BackendComparison implements AutoCloseable {
  /** The default confidence level of intervals. */
  public static final double CONFIDENCE = 0.95;

  private final List<Backend> backends;
  private final List<Candidate> absent;
  private final double confidence;

  private BackendComparison(List<Backend> backends, List<Candidate> absent, double confidence) {
    this.backends = List.copyOf(backends);
    this.absent = List.copyOf(absent);
    this.confidence = confidence;
  }

  /**
   * Opens every available backend, with one thread per processor.
   *
   * @return the comparison; the caller closes it
   * @throws BackendException if no backend is available
   */
  public static BackendComparison open() {
    return open(List.of(), BackendOptions.defaults(), CONFIDENCE);
  }

  /**
   * Opens backends. A backend that cannot be opened causes no error, but is listed by {@link
   * #absent()}.
   *
   * @param names names of the backends; empty for all that can be chosen automatically, which
   *     excludes test doubles
   * @param options threads and device
   * @param confidence confidence level of intervals, in (0, 1)
   * @return the comparison; the caller closes it
   * @throws BackendException if no provider has one of the names, or no backend is available
   */
  public static BackendComparison open(
      List<String> names, BackendOptions options, double confidence) {
    List<Candidate> found = Backends.report().candidates();
    for (String name : names) {
      if (found.stream().noneMatch(candidate -> candidate.name().equals(name))) {
        throw none("the name '" + name + "', which no provider has", found);
      }
    }
    List<Candidate> wanted =
        found.stream()
            .filter(
                candidate ->
                    names.isEmpty()
                        ? candidate.score() > 0 || !candidate.isAvailable()
                        : names.contains(candidate.name()))
            .toList();
    List<Backend> open = new ArrayList<>();
    List<Candidate> absent = new ArrayList<>();
    for (Candidate candidate : wanted) {
      if (!candidate.isAvailable()) {
        absent.add(candidate);
        continue;
      }
      try {
        open.add(Backends.open(candidate.name(), options));
      } catch (BackendException e) {
        // The others can still be compared; absent() reports the reason.
        absent.add(
            new Candidate(
                candidate.name(),
                new Availability.Unavailable(
                    e.getMessage(), "Omit it, or follow the advice in the reason")));
      }
    }
    if (open.isEmpty()) {
      throw none("no available backend", found);
    }
    return new BackendComparison(open, absent, confidence);
  }

  /**
   * Compares backends that are already open.
   *
   * @param open backends, at least one; closed with the comparison
   * @param confidence confidence level of intervals, in (0, 1)
   * @return the comparison; the caller closes it
   */
  public static BackendComparison of(List<Backend> open, double confidence) {
    if (open.isEmpty()) {
      throw none("no backend", Backends.report().candidates());
    }
    return new BackendComparison(open, List.of(), confidence);
  }

  private static BackendException none(String got, List<Candidate> found) {
    return new BackendException(
        "compare",
        got,
        found.stream()
            .map(candidate -> "\n  " + candidate)
            .collect(Collectors.joining("", "available backends among", "\n")),
        "Choose an available one, or follow a remedy above");
  }

  /**
   * Returns the backends that are compared.
   *
   * @return open backends, in the order of their turns
   */
  public List<Backend> backends() {
    return backends;
  }

  /**
   * Returns the backends that could not be opened.
   *
   * @return candidates, each with its reason and a remedy
   */
  public List<Candidate> absent() {
    return absent;
  }

  /**
   * Returns the confidence level of intervals.
   *
   * @return a number in (0, 1)
   */
  public double confidence() {
    return confidence;
  }

  /**
   * Trains on every backend, in turns of several steps.
   *
   * @param training training to run
   * @param turns rule by which the backends take turns
   * @param <R> result of a training; if one training fails, closeable results of the others are
   *     closed
   * @return times, losses and results
   * @throws RecurException if a training throws it; the others are stopped
   */
  public <R> TrainingComparison<R> training(TrainingWorkload<R> training, TurnPolicy turns) {
    TurnTaking relay = new TurnTaking(backends.size());
    AtomicBoolean failed = new AtomicBoolean();
    TurnPolicy stopped = turns.orStop(failed::get);
    List<TurnListener> listeners = new ArrayList<>();
    List<FutureTask<R>> tasks = new ArrayList<>();
    for (int i = 0; i < backends.size(); i++) {
      Backend backend = backends.get(i);
      TurnListener listener = new TurnListener(relay, i, stopped);
      int runner = i;
      listeners.add(listener);
      tasks.add(
          new FutureTask<>(
              () -> {
                boolean done = false;
                try {
                  listener.begin();
                  R result = training.run(backend, listener);
                  done = true;
                  return result;
                } finally {
                  failed.compareAndSet(false, !done);
                  listener.end();
                  relay.leave(runner);
                }
              }));
    }
    List<R> results = new Runners<>(tasks).run();
    // Ratios are computed within rounds, so all backends must have the same rounds.
    int rounds = listeners.stream().mapToInt(l -> l.rounds().size()).min().orElse(0);
    int skipped = turns.skipped(rounds);
    List<TrainingRecord<R>> courses = new ArrayList<>();
    for (int i = 0; i < backends.size(); i++) {
      TurnListener listener = listeners.get(i);
      courses.add(
          new TrainingRecord<>(
              backends.get(i).info(),
              new Durations(listener.rounds().subList(skipped, rounds)),
              listener.losses(),
              listener.epochs(),
              listener.seconds(),
              backends.get(i).memory().use().peak(),
              results.get(i)));
    }
    return new TrainingComparison<>(courses, confidence);
  }

  /**
   * Times inference calls on every backend, in turns.
   *
   * @param answering calls to time
   * @return the durations
   */
  public InferenceComparison answering(InferenceWorkload answering) {
    List<Runnable> calls = backends.stream().map(answering.call()).toList();
    calls.forEach(call -> times(call, answering.warmUp()));
    List<List<double[]>> rounds = new ArrayList<>();
    calls.forEach(call -> rounds.add(new ArrayList<>()));
    for (int round = 0; round < answering.rounds(); round++) {
      for (int i = 0; i < calls.size(); i++) {
        rounds.get(i).add(times(calls.get(i), answering.seconds()));
      }
    }
    List<InferenceTimes> courses = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      courses.add(
          new InferenceTimes(
              backends.get(i).info(), new Durations(rounds.get(i)), answering.sequences()));
    }
    return new InferenceComparison(courses, confidence);
  }

  private static double[] times(Runnable call, double seconds) {
    double[] times = new double[16];
    int count = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long now;
    do {
      long from = System.nanoTime();
      call.run();
      now = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = (now - from) * 1e-9;
    } while (now < end);
    return Arrays.copyOf(times, count);
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (Backend backend : backends) {
      try {
        backend.close();
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
