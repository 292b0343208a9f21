package org.recur4j.models.metric;

import java.util.function.Supplier;

/**
 * A metric with a given name and tally.
 *
 * @param name the name of the metric in reports
 * @param tally creates an empty tally
 */
record Named(String name, Supplier<Metric.Tally> tally) implements Metric {
  @Override
  public Tally begin() {
    return tally.get();
  }
}
