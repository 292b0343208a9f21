package org.recur4j.models.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.EpochReport;
import org.recur4j.models.training.report.TrainingListener;

/** Pauses one training between its turns and records its steps. */
final class TurnListener implements TrainingListener {
  private final TurnTaking relay;
  private final int runner;
  private final TurnPolicy turns;
  private final List<double[]> rounds = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private final double[] times;
  private int done;
  private boolean betweenSteps = true;
  private long began;
  private long resumed;
  private double seconds;

  TurnListener(TurnTaking relay, int runner, TurnPolicy turns) {
    this.relay = relay;
    this.runner = runner;
    this.turns = turns;
    this.times = new double[turns.steps()];
  }

  /** Waits for the first turn. */
  void begin() {
    relay.await(runner);
    resumed = System.nanoTime();
  }

  /** Ends the last turn. */
  void end() {
    endRound();
    seconds += (System.nanoTime() - resumed) * 1e-9;
  }

  @Override
  public boolean stopRequested() {
    if (done == times.length) {
      end();
      relay.pass(runner);
      resumed = System.nanoTime();
    }
    if (turns.enough(rounds.size(), steps(), seconds)) {
      return true;
    }
    betweenSteps = false;
    began = System.nanoTime();
    return false;
  }

  @Override
  public void onBatch(BatchReport report) {
    // A trainer that did not call stopRequested before this batch has no start time.
    if (!betweenSteps) {
      times[done++] = (System.nanoTime() - began) * 1e-9;
      betweenSteps = true;
    }
    losses.add(report.loss());
  }

  @Override
  public void onEpoch(EpochReport report) {
    epochs.add(report);
  }

  private int steps() {
    return rounds.size() * times.length + done;
  }

  private void endRound() {
    if (done > 0) {
      rounds.add(Arrays.copyOf(times, done));
      done = 0;
    }
  }

  /** Returns all complete rounds, or the incomplete one if there is no other. */
  List<double[]> rounds() {
    List<double[]> whole = rounds.stream().filter(round -> round.length == times.length).toList();
    return whole.isEmpty() ? List.copyOf(rounds) : whole;
  }

  /** Returns the total time of all turns. */
  double seconds() {
    return seconds;
  }

  double[] losses() {
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  List<EpochReport> epochs() {
    return List.copyOf(epochs);
  }
}
