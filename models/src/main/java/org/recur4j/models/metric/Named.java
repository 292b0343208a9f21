package org.recur4j.models.metric;

import java.util.function.Supplier;

/**
 * A metric of the library's.
 *
 * @param name what reports call it
 * @param tally nothing counted yet
 */
record Named(String name, Supplier<Metric.Tally> tally) implements Metric {
  @Override
  public Tally begin() {
    return tally.get();
  }
}
