package org.recur4j.examples.task;

import java.util.Objects;

/**
 * A figure to compare with, in the unit of its {@link Score}.
 *
 * @param name what or who reaches it
 * @param low the figure, or the lower end of a range
 * @param high the upper end; the same as {@code low} for a single figure
 */
public record Reference(String name, double low, double high) {
  /** Refuses null. */
  public Reference {
    Objects.requireNonNull(name, "name");
  }

  /**
   * A single figure.
   *
   * @param name what or who reaches it
   * @param value the figure
   * @return the reference
   */
  public static Reference of(String name, double value) {
    return new Reference(name, value, value);
  }
}
