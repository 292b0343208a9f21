package org.recur4j.examples.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.Score;
import org.recur4j.models.comparison.BackendComparison;
import org.recur4j.models.comparison.TrainingComparison;
import org.recur4j.models.comparison.TrainingRecord;
import org.recur4j.models.training.report.Evaluation;

/** Everything that is measured of one subject, in order. */
public final class ComparisonRun {
  static final double MEBIBYTE = 1 << 20;

  private static final double BUSY = 0.7;

  private final BackendComparison backends;
  private final Subject subject;
  private final Effort effort;
  private final Consumer<String> progress;
  private final List<String> names;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Judgment> judgments = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> caveats = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param backends open ones
   * @param subject what is compared
   * @param effort how long
   * @param progress told what is going on
   */
  public ComparisonRun(
      BackendComparison backends, Subject subject, Effort effort, Consumer<String> progress) {
    this.backends = backends;
    this.subject = subject;
    this.effort = effort;
    this.progress = progress;
    this.names = backends.backends().stream().map(backend -> backend.info().name()).toList();
  }

  /**
   * Measures.
   *
   * @param command words on the command line, for the manifest
   * @param axes of the sweep; empty for none
   * @return the report
   */
  public ComparisonReport run(List<String> command, List<Sweep.Axis> axes) {
    Map<String, String> manifest = RunManifest.of(command, backends.backends());
    addLoad();
    progress.accept("training " + subject.title() + " on " + String.join(", ", names));
    TrainingComparison<Trained> training = backends.training(subject::train, effort.turns());
    List<Curve> curves =
        training.courses().stream()
            .map(course -> new Curve(course.backend().name(), course.losses()))
            .toList();
    notes.add(
        String.format(
            Locale.ROOT,
            "The backends' losses of the same step differ by %.2g of the loss at most.",
            training.largestLossDifference()));
    AskedModel.Outcome asked = measure(training);
    figures.addAll(asked.figures());
    judgments.addAll(asked.judgments());
    notes.addAll(asked.notes());
    caveats.addAll(asked.caveats());
    Optional<Sweep> sweep =
        axes.isEmpty() || effort.stop().getAsBoolean()
            ? Optional.empty()
            : Optional.of(SweepRun.run(backends, subject, axes, effort, progress));
    return new ComparisonReport(
        subject.title(),
        subject.settings(),
        manifest,
        names,
        backends.absent(),
        figures,
        judgments,
        curves,
        asked.parity(),
        caveats,
        notes,
        sweep);
  }

  /** Turns hide what slows everybody down alike; a processor too few slows some down more. */
  private void addLoad() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    int processors = Runtime.getRuntime().availableProcessors();
    if (load > BUSY * processors) {
      caveats.add(
          String.format(
              Locale.ROOT,
              "The machine was busy: a load of %.1f on %d processors before the first step."
                  + " Backends whose threads wait for each other suffer most; measure again on a"
                  + " quiet one.",
              load,
              processors));
    }
  }

  private void trainingFigures(TrainingComparison<Trained> training) {
    double confidence = backends.confidence();
    for (TrainingRecord<Trained> course : training.courses()) {
      String name = course.backend().name();
      Optional<Drift> drift =
          Drift.of(Measures.STEP, name, course.steps().trend(confidence), "--steps or --epochs");
      drift.map(Drift::caveat).ifPresent(caveats::add);
      figures.add(
          Figure.of(Measures.STEP, "ms", name, course.steps().typical(confidence).times(1e3))
              .withNote(drift.map(Drift::note).orElse("")));
      figures.add(Figure.of(Measures.STEP_TAIL, "ms", name, 1e3 * course.steps().percentile(99)));
      figures.add(Figure.of("training steps", "", name, course.losses().length));
      figures.add(Figure.of("last training loss", "", name, course.finalLoss()));
      if (!course.epochs().isEmpty()
          && course.epochs().get(course.epochs().size() - 1).validation() != null) {
        figures.add(
            Figure.of(
                "validation loss",
                "",
                name,
                course.epochs().get(course.epochs().size() - 1).validation().loss()));
      }
      scoreFigures(name, course.result());
      figures.add(Figure.of(Measures.TENSORS, "MiB", name, course.tensorBytes() / MEBIBYTE));
    }
    judgments.add(Judgment.of(Measures.STEP, names, training.contrasts()));
  }

  /** A stopped training has no scores of its task, but may have a test part. */
  private void scoreFigures(String backend, Trained trained) {
    for (Score score : trained.scores()) {
      boolean share = score.unit() == Score.Unit.SHARE;
      figures.add(
          Figure.of(
              score.metric(),
              share ? "%" : "",
              backend,
              share ? 100 * score.value() : score.value()));
    }
    if (trained.scores().isEmpty() && trained.test().isPresent()) {
      Evaluation test = trained.test().get().evaluate();
      figures.add(Figure.of("test loss", "", backend, test.loss()));
      if (!Double.isNaN(test.accuracy())) {
        figures.add(Figure.of("test accuracy", "%", backend, 100 * test.accuracy()));
      }
    } else if (trained.scores().isEmpty()) {
      figures.add(
          Figure.missing(
              "test metric",
              "",
              backend,
              "training was stopped, or there is nothing to measure by; --steps 0 trains a task to"
                  + " its end"));
    }
  }

  /** First the trained models, which are closed then; then the first one's weights everywhere. */
  private AskedModel.Outcome measure(TrainingComparison<Trained> training) {
    List<TrainingRecord<Trained>> courses = training.courses();
    try {
      Path file = Files.createTempFile("recur4j-compare", ".safetensors");
      file.toFile().deleteOnExit();
      try {
        AskedModel.Questions questions;
        try {
          trainingFigures(training);
          courses.get(0).result().save().accept(file);
          questions = AskedModel.Questions.of(courses.get(0).result().test(), subject.steps());
        } finally {
          courses.forEach(course -> course.result().close());
        }
        if (effort.stop().getAsBoolean()) {
          return AskedModel.Outcome.stopped();
        }
        return new AskedModel(backends, file, questions, effort, progress).run();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file for the model", e);
    }
  }

  /** Whether a backend computes on the processor. */
  static boolean onProcessor(Backend backend) {
    return backend.info().device().startsWith("CPU");
  }
}
