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
 * Runs the same things on several backends, in turns: one computes while the others wait, a little
 * each, round after round, so that whatever else the machine does hits all of them. What is told
 * apart is told apart by intervals of the rounds' ratios; where 1 is in the interval, there is no
 * significant difference.
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
 *           Turns.of(20, 2));
 *   training.contrasts().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class BackendComparison implements AutoCloseable {
  /** The confidence of intervals unless told otherwise. */
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
   * Opens every backend that is available, with one thread for each processor.
   *
   * @return the comparison; close it
   * @throws BackendException if there is none
   */
  public static BackendComparison open() {
    return open(List.of(), BackendOptions.defaults(), CONFIDENCE);
  }

  /**
   * Opens backends. One that cannot be opened here is no error, but {@link #absent()}.
   *
   * @param names of which ones; empty for all that are meant to be chosen, test doubles are not
   * @param options threads, device
   * @param confidence of intervals, in (0, 1)
   * @return the comparison; close it
   * @throws BackendException if a name is no provider's, or none is available
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
        // The others can still be compared; the reason is told with the absent ones.
        absent.add(
            new Candidate(
                candidate.name(),
                new Availability.Unavailable(
                    e.getMessage(), "Leave it out, or follow the advice in the reason")));
      }
    }
    if (open.isEmpty()) {
      throw none("none that is available", found);
    }
    return new BackendComparison(open, absent, confidence);
  }

  /**
   * Compares backends that are open.
   *
   * @param open at least one; closed with the comparison
   * @param confidence of intervals, in (0, 1)
   * @return the comparison; close it
   */
  public static BackendComparison of(List<Backend> open, double confidence) {
    if (open.isEmpty()) {
      throw none("no backend at all", Backends.report().candidates());
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
   * What is compared.
   *
   * @return open backends, in the order of their turns
   */
  public List<Backend> backends() {
    return backends;
  }

  /**
   * What cannot be compared here.
   *
   * @return each with its reason and what to do about it
   */
  public List<Candidate> absent() {
    return absent;
  }

  /**
   * The confidence of intervals.
   *
   * @return in (0, 1)
   */
  public double confidence() {
    return confidence;
  }

  /**
   * Trains on every backend, in turns of some steps.
   *
   * @param training the training
   * @param turns how they take turns
   * @param <R> what a training gives; where one fails, what others gave is closed if it can be
   * @return times, losses and results
   * @throws RecurException what a training threw; the others are stopped
   */
  public <R> TrainingComparison<R> training(ComparedTraining<R> training, Turns turns) {
    TurnTaking relay = new TurnTaking(backends.size());
    AtomicBoolean failed = new AtomicBoolean();
    Turns stopped = turns.orStop(failed::get);
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
    // Ratios are taken within rounds, so that all must have the same ones.
    int rounds = listeners.stream().mapToInt(l -> l.rounds().size()).min().orElse(0);
    int skipped = turns.skipped(rounds);
    List<TrainingCourse<R>> courses = new ArrayList<>();
    for (int i = 0; i < backends.size(); i++) {
      TurnListener listener = listeners.get(i);
      courses.add(
          new TrainingCourse<>(
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
   * Times calls on every backend, in turns.
   *
   * @param answering the calls
   * @return their times
   */
  public AnsweringComparison answering(ComparedAnswering answering) {
    List<Runnable> calls = backends.stream().map(answering.call()).toList();
    calls.forEach(call -> times(call, answering.warmUp()));
    List<List<double[]>> rounds = new ArrayList<>();
    calls.forEach(call -> rounds.add(new ArrayList<>()));
    for (int round = 0; round < answering.rounds(); round++) {
      for (int i = 0; i < calls.size(); i++) {
        rounds.get(i).add(times(calls.get(i), answering.seconds()));
      }
    }
    List<AnsweringCourse> courses = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      courses.add(
          new AnsweringCourse(
              backends.get(i).info(), new Durations(rounds.get(i)), answering.sequences()));
    }
    return new AnsweringComparison(courses, confidence);
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
