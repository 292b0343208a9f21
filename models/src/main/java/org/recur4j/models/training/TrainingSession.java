package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.data.BatchOrder;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.report.TrainingStart;
import org.recur4j.models.training.schedule.Selection;
import org.recur4j.models.training.schedule.TrainingMoment;
import org.recur4j.models.training.schedule.TrainingPlan;

/**
 * The state of one call of {@link Trainer#train}.
 *
 * @param <E> the type of an example with its target
 */
final class TrainingSession<E> implements AutoCloseable {
  /** Training fails after this many consecutive batches whose loss or gradient is not finite. */
  static final int MOST_FAILURES = 10;

  private final Trainable<E> trainable;
  private final TrainingPlan plan;
  private final BatchOrder order;
  private final List<TrainingListener> listeners;
  private final BatchUpdate<E> learning;
  private final Scope scope;
  private final Evaluator<E> evaluator;
  private final WeightUpdate update;
  private final BestWeights best;

  /** An interrupt before training is not a request to stop. */
  private final boolean interruptedBefore = Thread.currentThread().isInterrupted();

  TrainingSession(Trainable<E> trainable, TrainingPlan plan, TrainerOptions options) {
    this.trainable = trainable;
    this.plan = plan;
    this.order =
        new BatchOrder(
            plan.batching().examplesPerStep(), plan.batching().windowBatches(), plan.seed());
    this.listeners = List.copyOf(options.listeners);
    // First, because it may reject the model.
    this.learning = BatchUpdate.open(trainable, plan);
    this.scope = trainable.backend().scope("training");
    this.evaluator = new Evaluator<>(trainable, plan, options.metrics.values());
    this.update = new WeightUpdate(trainable, plan, options.gradients, scope);
    this.best = new BestWeights(trainable, scope);
  }

  TrainingResult run(TrainingExamples<E> data, Optional<Checkpoints.Options> kept) {
    List<E> examples = data.training();
    TrainingStart start = new TrainingStart(trainable, examples);
    listeners.forEach(listener -> listener.onBegin(start));
    int[] lengths = examples.stream().mapToInt(trainable::steps).toArray();
    Optional<Checkpoints> checkpoints =
        kept.map(
            k ->
                new Checkpoints(
                    k,
                    TrainingFingerprint.of(trainable, plan, data),
                    trainable,
                    update.optimizer(),
                    best));
    TrainingProgress progress = begin(checkpoints);
    TrainingResult.End end = progress.end;
    while (end == null) {
      progress.startClock();
      epoch(examples, lengths, progress, checkpoints);
      if (stopRequested()) {
        end = TrainingResult.End.INTERRUPTED;
      } else {
        validate(data.validation(), progress);
        end = progress.end;
      }
      if (end != null) {
        checkpoints.ifPresent(c -> c.write(progress));
      }
    }
    best.putBack();
    int horizon = Math.max(1, Arrays.stream(lengths).max().orElse(1));
    int chunk = plan.batching().chunk();
    return new TrainingResult(
        progress.reports,
        end,
        chunk == 0 ? horizon : Math.min(chunk, horizon),
        progress.allSeconds());
  }

  private TrainingProgress begin(Optional<Checkpoints> checkpoints) {
    Optional<TrainingProgress> before = checkpoints.flatMap(Checkpoints::resume);
    before.ifPresent(progress -> progress.extendTo(plan.epochs()));
    before.ifPresent(
        progress ->
            listeners.forEach(
                listener ->
                    listener.onResume(
                        progress.epoch, progress.batch, List.copyOf(progress.reports))));
    return before.orElseGet(() -> TrainingProgress.fresh(plan.selection().criterion()));
  }

  private void epoch(
      List<E> examples,
      int[] lengths,
      TrainingProgress progress,
      Optional<Checkpoints> checkpoints) {
    List<int[]> batches = order.batches(lengths, progress.epoch);
    while (progress.batch < batches.size() && !stopRequested()) {
      List<E> batch = new ArrayList<>();
      for (int place : batches.get(progress.batch)) {
        batch.add(examples.get(place));
      }
      step(batch, progress, batches.size());
      checkpoints.ifPresent(c -> c.afterBatch(progress));
    }
  }

  private void step(List<E> examples, TrainingProgress progress, int batches) {
    TrainingMoment moment =
        new TrainingMoment(
            progress.batches,
            (long) plan.epochs() * batches,
            progress.epoch,
            Collections.unmodifiableList(progress.reports));
    double rateFactor = plan.schedule().factor(moment);
    WeightUpdate.Outcome outcome = learning.learn(examples, update, rateFactor, progress);
    progress.count(outcome);
    if (progress.failures == MOST_FAILURES) {
      throw new RecurException(
          RecurException.message(
              "training",
              MOST_FAILURES
                  + " consecutive batches whose loss or gradient is not finite, the last one batch "
                  + progress.batch
                  + " of epoch "
                  + progress.epoch
                  + " on backend "
                  + trainable.backend().info().name()
                  + ", where "
                  + outcome.fault(),
              "finite numbers",
              "Lower the learning rate, set maximumNorm, or look for extreme inputs"));
    }
    BatchReport report =
        new BatchReport(
            progress.epoch,
            progress.batch,
            batches,
            outcome.loss(),
            outcome.norm(),
            outcome.applied(),
            outcome.fault());
    listeners.forEach(listener -> listener.onBatch(report));
  }

  private void validate(List<E> examples, TrainingProgress progress) {
    Selection selection = plan.selection();
    Evaluation validation = examples.isEmpty() ? null : evaluator.evaluate(examples);
    boolean better = validation != null && progress.isBetter(selection.criterion(), validation);
    if (better && selection.needsValidation()) {
      best.remember();
    }
    EpochReport report =
        new EpochReport(
            progress.epoch,
            plan.epochs(),
            progress.meanLoss(),
            validation,
            better,
            progress.seconds());
    progress.reports.add(report);
    if (selection.patience() > 0 && progress.waited >= selection.patience()) {
      progress.end = TrainingResult.End.STOPPED_EARLY;
    } else if (progress.epoch == plan.epochs()) {
      progress.end = TrainingResult.End.COMPLETED;
    } else {
      progress.nextEpoch();
    }
    listeners.forEach(listener -> listener.onEpoch(report));
  }

  private boolean stopRequested() {
    boolean stop = !interruptedBefore && Thread.currentThread().isInterrupted();
    for (TrainingListener listener : listeners) {
      stop |= listener.stopRequested();
    }
    return stop;
  }

  @Override
  public void close() {
    learning.close();
    evaluator.close();
    scope.close();
  }
}
