package org.recur4j.models.comparison;

import java.util.function.BooleanSupplier;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * How trainings take turns. A round is a turn of each. Compilers are at work in the first rounds:
 * they are not counted, nor is the rest of the first quarter of all.
 *
 * @param steps of a turn, at least 1
 * @param warmUp rounds at the beginning that are not counted at least, as long as one is left
 * @param limit steps after which a training is stopped; 0 for none
 * @param seconds after which a training is stopped, those of its own turns, but not before nine
 *     rounds could be counted; 0 for none
 * @param stop asked before every step whether to end at once
 */
public record Turns(int steps, int warmUp, int limit, double seconds, BooleanSupplier stop) {
  /** Rounds that give an interval of 95 %, with some to spare. */
  private static final int ENOUGH = 9;

  /** Checks the numbers. */
  public Turns {
    if (steps < 1 || limit < 0 || warmUp < 0 || !(seconds >= 0)) {
      throw new InvalidArgumentException(
          "Turns",
          steps + " steps, " + warmUp + " rounds to warm up, limits " + limit + " and " + seconds,
          "at least one step, and numbers of at least 0",
          "Correct the numbers");
    }
  }

  /**
   * Turns of trainings that run to their end.
   *
   * @param steps of a turn, at least 1
   * @param warmUp rounds at the beginning that are not counted
   * @return the rule
   */
  public static Turns of(int steps, int warmUp) {
    return new Turns(steps, warmUp, 0, 0, () -> false);
  }

  /**
   * The same turns of trainings that are stopped.
   *
   * @param value steps; 0 for none
   * @return the rule
   */
  public Turns withLimit(int value) {
    return new Turns(steps, warmUp, value, seconds, stop);
  }

  /**
   * The same turns of trainings that are stopped.
   *
   * @param value seconds; 0 for none
   * @return the rule
   */
  public Turns withSeconds(double value) {
    return new Turns(steps, warmUp, limit, value, stop);
  }

  /**
   * The same turns, ended on request too.
   *
   * @param other asked before every step
   * @return the rule
   */
  public Turns orStop(BooleanSupplier other) {
    return new Turns(
        steps, warmUp, limit, seconds, () -> other.getAsBoolean() || stop.getAsBoolean());
  }

  boolean enough(int rounds, int taken, double spent) {
    boolean late = seconds > 0 && spent >= seconds && rounds - skipped(rounds) >= ENOUGH;
    return late || (limit > 0 && taken >= limit) || stop.getAsBoolean();
  }

  /** How many of so many rounds are not counted. */
  int skipped(int rounds) {
    return Math.max(0, Math.min(Math.max(warmUp, rounds / 4), rounds - 1));
  }
}
