package org.recur4j.models.comparison;

import java.util.function.Function;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Calls to be timed on every backend.
 *
 * @param call prepares a backend's; what it returns is repeated on this thread and comes back when
 *     its results are there
 * @param sequences that a call answers, at least 1
 * @param rounds at least 1; six are enough for an interval of 95 %
 * @param seconds that a backend's turn in a round lasts at least, and at least one call
 * @param warmUp seconds of calls before the first round
 */
public record ComparedAnswering(
    Function<Backend, Runnable> call, int sequences, int rounds, double seconds, double warmUp) {
  /** Checks the numbers. */
  public ComparedAnswering {
    if (sequences < 1 || rounds < 1 || !(seconds >= 0) || !(warmUp >= 0)) {
      throw new InvalidArgumentException(
          "compare",
          sequences
              + " sequences a call, "
              + rounds
              + " rounds of "
              + seconds
              + " seconds, "
              + warmUp
              + " to warm up",
          "at least one sequence, at least one round, times of at least 0",
          "Correct the numbers");
    }
  }
}
