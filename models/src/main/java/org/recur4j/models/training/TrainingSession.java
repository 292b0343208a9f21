package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;

/**
 * One call of {@link Trainer#train}: what lives as long as it does.
 *
 * @param <E> an example with its answer
 */
final class TrainingSession<E> implements AutoCloseable {
  private static final int MOST_FAILURES = 10;

  private final TrainingPlan plan;
  private final List<TrainingListener> listeners;
  private final Scope scope;
  private final TrainableRun<E> run;
  private final Judge<E> judge;
  private final WeightUpdate update;
  private final BestWeights best;
  private long steps;
  private int failures;

  TrainingSession(Trainable<E> trainable, TrainingPlan plan, List<TrainingListener> listeners) {
    this.plan = plan;
    this.listeners = List.copyOf(listeners);
    this.scope = trainable.backend().scope("training");
    this.run = trainable.open(Mode.TRAINING, plan.seed());
    this.judge = new Judge<>(trainable);
    this.update = new WeightUpdate(trainable, plan, scope);
    this.best = new BestWeights(trainable, scope);
  }

  TrainingResult run(List<E> learning, List<E> judging) {
    List<EpochReport> reports = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    int waited = 0;
    TrainingResult.End end = TrainingResult.End.COMPLETED;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      long began = System.nanoTime();
      double loss = epoch(learning, epoch);
      if (stopRequested()) {
        best.putBack();
        return new TrainingResult(reports, TrainingResult.End.INTERRUPTED);
      }
      Evaluation validation = judging.isEmpty() ? null : judge.evaluate(judging);
      boolean better = validation != null && validation.loss() < lowest;
      if (better) {
        lowest = validation.loss();
      }
      waited = better ? 0 : waited + 1;
      if (better && plan.patience() > 0) {
        best.remember();
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      EpochReport report = new EpochReport(epoch, plan.epochs(), loss, validation, better, seconds);
      reports.add(report);
      listeners.forEach(listener -> listener.onEpoch(report));
      if (plan.patience() > 0 && waited >= plan.patience()) {
        end = TrainingResult.End.STOPPED_EARLY;
        break;
      }
    }
    best.putBack();
    return new TrainingResult(reports, end);
  }

  /** Returns the mean loss of the epoch's batches. */
  private double epoch(List<E> examples, int epoch) {
    int[] order =
        new Philox(plan.seed()).permutation(examples.size(), RandomStream.SHUFFLE.at(0), epoch);
    int batches = (examples.size() + plan.batchSize() - 1) / plan.batchSize();
    double sum = 0;
    int done = 0;
    for (int b = 0; b < batches && !stopRequested(); b++) {
      List<E> part = new ArrayList<>();
      int to = Math.min((b + 1) * plan.batchSize(), order.length);
      for (int i = b * plan.batchSize(); i < to; i++) {
        part.add(examples.get(order[i]));
      }
      BatchReport report = step(part, epoch, b + 1, batches);
      listeners.forEach(listener -> listener.onBatch(report));
      if (report.applied()) {
        sum += report.loss();
        done++;
      }
    }
    return done == 0 ? Double.NaN : sum / done;
  }

  private BatchReport step(List<E> examples, int epoch, int number, int batches) {
    double rateFactor = plan.schedule().factor(steps, (long) plan.epochs() * batches);
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
