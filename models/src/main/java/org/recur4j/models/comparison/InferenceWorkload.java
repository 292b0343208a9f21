package org.recur4j.models.comparison;

import java.util.function.Function;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Inference calls to be timed on every backend.
 *
 * @param call creates the call for a backend; the call is repeated on the current thread and
 *     returns when its results are available
 * @param sequences number of sequences per call, at least 1
 * @param rounds number of rounds, at least 1; six suffice for a 95 % interval
 * @param seconds minimum duration of a backend's turn in a round, which has at least one call
 * @param warmUp seconds of calls before the first round
 */
public record InferenceWorkload(
    Function<Backend, Runnable> call, int sequences, int rounds, double seconds, double warmUp) {
  /** Validates the numbers. */
  public InferenceWorkload {
    if (sequences < 1 || rounds < 1 || !(seconds >= 0) || !(warmUp >= 0)) {
      throw new InvalidArgumentException(
          "compare",
          sequences
              + " sequences per call, "
              + rounds
              + " rounds of "
              + seconds
              + " seconds, "
              + warmUp
              + " seconds of warm-up",
          "at least one sequence, at least one round, times of at least 0",
          "Correct the numbers");
    }
  }
}
