package org.recur4j.examples.comparison;

import java.util.function.BooleanSupplier;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.comparison.TurnPolicy;

/**
 * How long things are measured.
 *
 * @param trainingSteps after which a training is stopped; 0 lets it run to its end
 * @param turn training steps of a turn, at least 1
 * @param rounds of answering, at least 1; six give an interval of 95 %
 * @param seconds of answering in a round and backend, at least 0
 * @param starts of Java machines a backend; 0 leaves that out
 * @param threads of the backends; 0 for one a processor
 * @param stop asked before every training step
 */
public record Effort(
    int trainingSteps,
    int turn,
    int rounds,
    double seconds,
    int starts,
    int threads,
    BooleanSupplier stop) {
  private static final int WARM_UP = 3;
  private static final double SWEEP_SECONDS = 3;
  private static final int SWEEP_TURN = 3;

  /** Refuses numbers below what is possible. */
  public Effort {
    if (trainingSteps < 0 || turn < 1 || rounds < 1 || !(seconds >= 0) || starts < 0) {
      throw new InvalidArgumentException(
          "compare",
          trainingSteps
              + " training steps in turns of "
              + turn
              + ", "
              + rounds
              + " rounds of "
              + seconds
              + " seconds, "
              + starts
              + " starts",
          "turns and rounds of at least 1, the others at least 0",
          "Correct the options");
    }
  }

  TurnPolicy turns() {
    return TurnPolicy.of(turn, WARM_UP).withLimit(trainingSteps).orStop(stop);
  }

  /** Of one point of a sweep: as few steps as give an interval, and some seconds at least. */
  TurnPolicy sweepTurns() {
    return TurnPolicy.of(Math.min(SWEEP_TURN, turn), WARM_UP)
        .withLimit(trainingSteps)
        .withSeconds(Math.min(SWEEP_SECONDS, 10 * seconds))
        .orStop(stop);
  }
}
