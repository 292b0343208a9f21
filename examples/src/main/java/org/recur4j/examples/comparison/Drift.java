package org.recur4j.examples.comparison;

import java.util.Optional;
import org.recur4j.models.comparison.Trend;

/**
 * A figure that was still getting better while it was taken: it says more of the compiler than of
 * the backend.
 *
 * @param measure what was measured
 * @param backend its name
 * @param trend falling
 * @param options that let it run for longer
 */
record Drift(String measure, String backend, Trend trend, String options) {
  static Optional<Drift> of(String measure, String backend, Trend trend, String options) {
    return trend.isFalling()
        ? Optional.of(new Drift(measure, backend, trend, options))
        : Optional.empty();
  }

  /** Beside the figure. */
  String note() {
    return "still getting faster: " + trend;
  }

  /** Why it should be doubted. */
  String caveat() {
    return backend
        + " was still getting faster ("
        + measure
        + "): "
        + trend
        + ". The figure is too slow, and who is faster may change; measure for longer, with "
        + options
        + ".";
  }
}
