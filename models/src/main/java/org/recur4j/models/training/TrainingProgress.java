package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Criterion;

/** Where a training stands between two batches: with the tensors, all that it goes on from. */
final class TrainingProgress {
  /** The epoch that is running, from 1. */
  int epoch = 1;

  /** Its batches that are done. */
  int batch;

  /** Batches of all epochs that are done, for the schedule. */
  long batches;

  /** Forward passes of all epochs, for dropout. */
  long passes;

  /** Steps of the optimizer. */
  long updates;

  /** Losses of the epoch's batches that moved the weights, and how many they are. */
  double lossSum;

  int lossCount;

  /** Batches in a row that moved nothing because a number was not finite. */
  int failures;

  /** The best epoch by the criterion, and how many epochs ago it was. */
  double bestValue;

  int waited;

  /** Of the running epoch, up to the checkpoint that this was read from. */
  double secondsBefore;

  /** Finished epochs. */
  final List<EpochReport> reports = new ArrayList<>();

  /** Why training ended; null while it has not. */
  TrainingResult.End end;

  private long began;

  static TrainingProgress fresh(Criterion criterion) {
    TrainingProgress progress = new TrainingProgress();
    progress.bestValue = criterion.worst();
    return progress;
  }

  void count(WeightUpdate.Outcome outcome) {
    batch++;
    batches++;
    if (outcome.applied()) {
      lossSum += outcome.loss();
      lossCount++;
      failures = 0;
    } else if (!outcome.isFinite()) {
      failures++;
    }
  }

  /** Whether the epoch is the best one so far, which is then remembered. */
  boolean isBetter(Criterion criterion, Evaluation validation) {
    double value = criterion.value().applyAsDouble(validation);
    boolean better = criterion.isBetter(value, bestValue);
    bestValue = better ? value : bestValue;
    waited = better ? 0 : waited + 1;
    return better;
  }

  double meanLoss() {
    return lossCount == 0 ? Double.NaN : lossSum / lossCount;
  }

  /** Starts the clock of the running epoch. */
  void startClock() {
    began = System.nanoTime();
  }

  /** Of the running epoch so far. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) * 1e-9;
  }

  /** Of all epochs, the running one included. */
  double allSeconds() {
    double finished = reports.stream().mapToDouble(EpochReport::seconds).sum();
    return end == null ? finished + seconds() : finished;
  }

  /** Goes on where a training had ended that is now given more epochs. */
  void extendTo(int epochs) {
    if (end == TrainingResult.End.COMPLETED && epoch < epochs) {
      end = null;
      nextEpoch();
    }
  }

  void nextEpoch() {
    epoch++;
    batch = 0;
    lossSum = 0;
    lossCount = 0;
    secondsBefore = 0;
  }
}
