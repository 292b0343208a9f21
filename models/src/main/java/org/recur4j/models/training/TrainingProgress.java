package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.Evaluation;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Criterion;

/**
 * The progress of training between two batches. Together with the tensors, it is all that is needed
 * to resume.
 */
final class TrainingProgress {
  /** The current epoch, from 1. */
  int epoch = 1;

  /** The completed batches of the current epoch. */
  int batch;

  /** The completed batches of all epochs, for the schedule. */
  long batches;

  /** The forward passes of all epochs, for dropout. */
  long passes;

  /** The steps of the optimizer. */
  long updates;

  /** The sum of the losses of the epoch's batches that updated the weights, and their number. */
  double lossSum;

  int lossCount;

  /** The consecutive batches without an update because a number was not finite. */
  int failures;

  /** The best value of the criterion, and the number of epochs since. */
  double bestValue;

  int waited;

  /** The seconds of the current epoch before the checkpoint that training resumed from. */
  double secondsBefore;

  /** The reports of the finished epochs. */
  final List<EpochReport> reports = new ArrayList<>();

  /** The reason why training ended; null if it has not ended. */
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

  /** Returns whether the epoch is the best so far, and updates the best value accordingly. */
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

  /** Starts the clock of the current epoch. */
  void startClock() {
    began = System.nanoTime();
  }

  /** Returns the seconds of the current epoch so far. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) * 1e-9;
  }

  /** Returns the seconds of all epochs, including the current one. */
  double allSeconds() {
    double finished = reports.stream().mapToDouble(EpochReport::seconds).sum();
    return end == null ? finished + seconds() : finished;
  }

  /** Continues completed training if the number of epochs was increased. */
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
