package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.models.data.BatchOrder;

/**
 * One call of {@link Trainer#train}: what lives as long as it does.
 *
 * @param <E> an example with its answer
 */
final class TrainingSession<E> implements AutoCloseable {
  private static final int MOST_FAILURES = 10;

  private final Trainable<E> trainable;
  private final TrainingPlan plan;
  private final BatchOrder order;
  private final List<TrainingListener> listeners;
  private final Scope scope;
  private final TrainableRun<E> run;
  private final Judge<E> judge;
  private final WeightUpdate update;
  private final BestWeights best;
  private final List<EpochReport> reports = new ArrayList<>();
  private long steps;
  private int failures;

  TrainingSession(Trainable<E> trainable, TrainingPlan plan, List<TrainingListener> listeners) {
    this.trainable = trainable;
    this.plan = plan;
    this.order =
        new BatchOrder(
            plan.batching().examplesPerStep(), plan.batching().windowBatches(), plan.seed());
    this.listeners = List.copyOf(listeners);
    this.scope = trainable.backend().scope("training");
    this.run = trainable.open(Mode.TRAINING, plan.seed());
    this.judge = new Judge<>(trainable);
    this.update = new WeightUpdate(trainable, plan, scope);
    this.best = new BestWeights(trainable, scope);
  }

  TrainingResult run(List<E> learning, List<E> judging) {
    int[] lengths = learning.stream().mapToInt(trainable::steps).toArray();
    Selection selection = plan.selection();
    double bestValue = selection.criterion().worst();
    int waited = 0;
    TrainingResult.End end = TrainingResult.End.COMPLETED;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      long began = System.nanoTime();
      double loss = epoch(learning, lengths, epoch);
      if (stopRequested()) {
        best.putBack();
        return new TrainingResult(reports, TrainingResult.End.INTERRUPTED);
      }
      Evaluation validation = judging.isEmpty() ? null : judge.evaluate(judging);
      boolean better = false;
      if (validation != null) {
        double value = selection.criterion().value().applyAsDouble(validation);
        better = selection.criterion().isBetter(value, bestValue);
        bestValue = better ? value : bestValue;
      }
      waited = better ? 0 : waited + 1;
      if (better && selection.needsJudges()) {
        best.remember();
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      EpochReport report = new EpochReport(epoch, plan.epochs(), loss, validation, better, seconds);
      reports.add(report);
      listeners.forEach(listener -> listener.onEpoch(report));
      if (selection.patience() > 0 && waited >= selection.patience()) {
        end = TrainingResult.End.STOPPED_EARLY;
        break;
      }
    }
    best.putBack();
    return new TrainingResult(reports, end);
  }

  /** Returns the mean loss of the epoch's batches. */
  private double epoch(List<E> examples, int[] lengths, int epoch) {
    List<int[]> batches = order.batches(lengths, epoch);
    double sum = 0;
    int done = 0;
    for (int b = 0; b < batches.size() && !stopRequested(); b++) {
      List<E> part = new ArrayList<>();
      for (int place : batches.get(b)) {
        part.add(examples.get(place));
      }
      BatchReport report = step(part, epoch, b + 1, batches.size());
      listeners.forEach(listener -> listener.onBatch(report));
      if (report.applied()) {
        sum += report.loss();
        done++;
      }
    }
    return done == 0 ? Double.NaN : sum / done;
  }

  private BatchReport step(List<E> examples, int epoch, int number, int batches) {
    long all = (long) plan.epochs() * batches;
    TrainingMoment moment =
        new TrainingMoment(steps, all, epoch, Collections.unmodifiableList(reports));
    double rateFactor = plan.schedule().factor(moment);
    WeightUpdate.Outcome outcome =
        update.step(ops -> run.forward(ops, examples, steps), rateFactor);
    steps++;
    failures = outcome.applied() ? 0 : failures + 1;
    if (failures == MOST_FAILURES) {
      throw new RecurException(
          RecurException.message(
              "training",
              MOST_FAILURES + " batches in a row whose loss or gradient is not finite",
              "finite numbers",
              "Lower the learning rate, set maximumNorm, or look for extreme inputs"));
    }
    return new BatchReport(
        epoch, number, batches, outcome.loss(), outcome.norm(), outcome.applied());
  }

  private boolean stopRequested() {
    boolean stop = false;
    for (TrainingListener listener : listeners) {
      stop |= listener.stopRequested();
    }
    return stop;
  }

  @Override
  public void close() {
    run.close();
    judge.close();
    scope.close();
  }
}
