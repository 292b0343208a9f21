package org.recur4j.models.comparison;

import java.util.function.BooleanSupplier;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * The rule by which trainings take turns. A round consists of one turn of each training. Because of
 * just-in-time compilation, the warm-up rounds and all of the first quarter are not counted.
 *
 * @param steps steps per turn, at least 1
 * @param warmUp minimum number of warm-up rounds, as long as one round is left
 * @param limit maximum number of steps of a training; 0 for none
 * @param seconds time of its own turns after which a training is stopped, but not before nine
 *     rounds can be counted; 0 for none
 * @param stop condition evaluated before every step; true stops the training at once
 */
public record TurnPolicy(int steps, int warmUp, int limit, double seconds, BooleanSupplier stop) {
  /** The number of rounds that suffices for a 95 % interval, with a margin. */
  private static final int ENOUGH = 9;

  /** Validates the numbers. */
  public TurnPolicy {
    if (steps < 1 || limit < 0 || warmUp < 0 || !(seconds >= 0)) {
      throw new InvalidArgumentException(
          "TurnPolicy",
          steps + " steps, " + warmUp + " warm-up rounds, limits " + limit + " and " + seconds,
          "at least one step, and numbers of at least 0",
          "Correct the numbers");
    }
  }

  /**
   * Returns turns for trainings that run to completion.
   *
   * @param steps steps per turn, at least 1
   * @param warmUp minimum number of warm-up rounds
   * @return the turns
   */
  public static TurnPolicy of(int steps, int warmUp) {
    return new TurnPolicy(steps, warmUp, 0, 0, () -> false);
  }

  /**
   * Returns the same turns with a maximum number of steps.
   *
   * @param value number of steps; 0 for none
   * @return the turns
   */
  public TurnPolicy withLimit(int value) {
    return new TurnPolicy(steps, warmUp, value, seconds, stop);
  }

  /**
   * Returns the same turns with a time limit.
   *
   * @param value seconds; 0 for none
   * @return the turns
   */
  public TurnPolicy withSeconds(double value) {
    return new TurnPolicy(steps, warmUp, limit, value, stop);
  }

  /**
   * Returns the same turns with an additional stop condition.
   *
   * @param other condition evaluated before every step
   * @return the turns
   */
  public TurnPolicy orStop(BooleanSupplier other) {
    return new TurnPolicy(
        steps, warmUp, limit, seconds, () -> other.getAsBoolean() || stop.getAsBoolean());
  }

  boolean enough(int rounds, int taken, double spent) {
    boolean late = seconds > 0 && spent >= seconds && rounds - skipped(rounds) >= ENOUGH;
    return late || (limit > 0 && taken >= limit) || stop.getAsBoolean();
  }

  /** Returns the number of rounds that are not counted. */
  int skipped(int rounds) {
    return Math.max(0, Math.min(Math.max(warmUp, rounds / 4), rounds - 1));
  }
}
