package org.recur4j.examples.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.tensor.DataType;
import org.recur4j.examples.task.TestPart;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.comparison.BackendComparison;
import org.recur4j.models.comparison.InferenceComparison;
import org.recur4j.models.comparison.InferenceTimes;
import org.recur4j.models.comparison.InferenceWorkload;
import org.recur4j.models.comparison.RandomExamples;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.parity.Parity;
import org.recur4j.models.parity.ParityReport;
import org.recur4j.models.training.loss.Loss;

/** The same trained weights on every backend: answers, parity, fresh starts. */
final class AskedModel {
  /** What came of it. */
  record Outcome(
      List<Figure> figures,
      List<Judgment> judgments,
      List<ParityReport> parity,
      List<String> caveats,
      List<String> notes) {
    static Outcome stopped() {
      return new Outcome(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of("Stopped while training: answers, parity, starts and sizes are not measured."));
    }
  }

  /**
   * What it is asked: some of these examples, or random ones where there are none.
   *
   * @param known with the right answers
   * @param loss by which the model was trained; empty for the usual one of its kind of answers
   * @param steps of a random example
   */
  record Questions(List<Example> known, Optional<Loss> loss, int steps) {
    static Questions of(Optional<TestPart> test, int steps) {
      return new Questions(
          test.map(TestPart::examples).orElse(List.of()), test.map(TestPart::loss), steps);
    }

    boolean areRandom() {
      return known.isEmpty();
    }

    List<Example> examples(Architecture architecture) {
      return areRandom()
          ? RandomExamples.of(architecture, BATCH, steps, 1)
          : known.subList(0, Math.min(BATCH, known.size()));
    }
  }

  private static final int BATCH = 256;
  private static final int PARITY_BATCH = 16;

  private final BackendComparison backends;
  private final Path file;
  private final Questions questions;
  private final Effort effort;
  private final Consumer<String> progress;
  private final Map<String, Network> networks = new HashMap<>();
  private final Outcome outcome =
      new Outcome(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());

  AskedModel(
      BackendComparison backends,
      Path file,
      Questions questions,
      Effort effort,
      Consumer<String> progress) {
    this.backends = backends;
    this.file = file;
    this.questions = questions;
    this.effort = effort;
    this.progress = progress;
  }

  Outcome run() {
    try {
      for (Backend backend : backends.backends()) {
        networks.put(backend.info().name(), Network.load(file, backend));
      }
    } catch (RecurException e) {
      networks.values().forEach(Network::close);
      String why = "the model's file holds no single network";
      outcome.notes().add("Answers, parity and starts are not measured: " + e.getMessage());
      for (Backend backend : backends.backends()) {
        missing(backend, Measures.ANSWER, "ms", why);
        missing(backend, Measures.THROUGHPUT, "sequences/s", why);
        missing(backend, Measures.START, "s", why);
      }
      return outcome;
    }
    try {
      Network any = networks.get(backends.backends().get(0).info().name());
      List<Example> examples = questions.examples(any.architecture());
      outcome
          .notes()
          .add(
              "Answers and parity are measured with the weights that "
                  + backends.backends().get(0).info().name()
                  + " trained and "
                  + examples.size()
                  + (questions.areRandom() ? " random" : " test")
                  + " examples of up to "
                  + longest(examples)
                  + " steps.");
      answers(examples);
      parity(any, examples.subList(0, Math.min(PARITY_BATCH, examples.size())));
      new FreshFigures(backends, file, longest(examples), effort, progress).add(outcome);
      return outcome;
    } finally {
      networks.values().forEach(Network::close);
    }
  }

  private static int longest(List<Example> examples) {
    return examples.stream().mapToInt(Example::steps).max().orElse(1);
  }

  private void missing(Backend backend, String measure, String unit, String why) {
    outcome.figures().add(Figure.missing(measure, unit, backend.info().name(), why));
  }

  private void answers(List<Example> examples) {
    progress.accept("answering");
    List<String> names = backends.backends().stream().map(b -> b.info().name()).toList();
    List<SequenceBatch> single = new ArrayList<>();
    examples.forEach(
        example -> single.add(SequenceBatch.ofExamples(List.of(example), MaskedOutput.ZERO)));
    InferenceComparison one =
        backends.answering(
            new InferenceWorkload(
                backend -> {
                  Network network = networks.get(backend.info().name());
                  int[] next = {0};
                  return () -> network.predict(single.get(next[0]++ % single.size()));
                },
                1,
                effort.rounds(),
                effort.seconds(),
                2 * effort.seconds()));
    for (InferenceTimes course : one.courses()) {
      String name = course.backend().name();
      String drift = drift(Measures.ANSWER, name, course, one.confidence());
      outcome
          .figures()
          .add(
              Figure.of(
                      Measures.ANSWER,
                      "ms",
                      name,
                      course.calls().typical(one.confidence()).times(1e3))
                  .withNote(drift));
      outcome
          .figures()
          .add(Figure.of(Measures.ANSWER_TAIL, "ms", name, 1e3 * course.calls().percentile(99)));
    }
    outcome.judgments().add(Judgment.of(Measures.ANSWER, names, one.contrasts()));
    SequenceBatch whole = SequenceBatch.ofExamples(examples, MaskedOutput.ZERO);
    InferenceComparison many =
        backends.answering(
            new InferenceWorkload(
                backend -> {
                  Network network = networks.get(backend.info().name());
                  return () -> network.predict(whole);
                },
                examples.size(),
                effort.rounds(),
                effort.seconds(),
                2 * effort.seconds()));
    for (InferenceTimes course : many.courses()) {
      String name = course.backend().name();
      String drift = drift(Measures.THROUGHPUT, name, course, many.confidence());
      outcome
          .figures()
          .add(
              Figure.of(
                      Measures.THROUGHPUT,
                      "sequences/s",
                      name,
                      course.throughput(many.confidence()))
                  .withNote(drift));
    }
    outcome.judgments().add(Judgment.of(Measures.THROUGHPUT, names, many.contrasts()));
  }

  /** What is to be known about a figure that was still falling, and said first of all; or "". */
  private String drift(String measure, String name, InferenceTimes course, double confidence) {
    Optional<Drift> drift =
        Drift.of(measure, name, course.calls().trend(confidence), "--rounds or --seconds");
    drift.map(Drift::caveat).ifPresent(outcome.caveats()::add);
    return drift.map(Drift::note).orElse("");
  }

  private void parity(Network network, List<Example> examples) {
    progress.accept("parity");
    Backend reference =
        backends.backends().stream()
            .filter(backend -> backend.info().dataTypes().contains(DataType.FLOAT64))
            .findFirst()
            .orElse(null);
    if (reference == null) {
      outcome
          .notes()
          .add("Parity is not measured: no backend here has double precision; add ejml.");
      return;
    }
    Loss loss = questions.loss().orElseGet(() -> Loss.of(network.architecture().answer()));
    Parity parity = Parity.of(network, loss, examples, reference, 1);
    for (Backend backend : backends.backends()) {
      ParityReport chosen = parity.measure(backend, Fusion.AUTO);
      outcome.parity().add(chosen);
      if (chosen.isFused()) {
        outcome.parity().add(parity.measure(backend, Fusion.FORBID));
      }
    }
  }
}
