package org.recur4j.examples.task;

import java.util.List;
import java.util.Objects;

/**
 * One figure with what it is to be compared with.
 *
 * @param metric what was measured, e.g. "whole words right"
 * @param value the figure
 * @param unit how to print it
 * @param better which way is better
 * @param baselines what it takes no network to reach, measured in the same run on the same test
 *     part
 * @param published figures of others, with their source
 */
public record Score(
    String metric,
    double value,
    Unit unit,
    Better better,
    List<Reference> baselines,
    List<Reference> published) {
  /** How a figure is printed. */
  public enum Unit {
    /** A share from 0 to 1, printed as percent. */
    SHARE,
    /** A plain number. */
    NUMBER,
    /** How many: a whole number. */
    COUNT
  }

  /** Which way is better. */
  public enum Better {
    /** The larger the better. */
    HIGHER,
    /** The smaller the better. */
    LOWER
  }

  /** Copies the lists. */
  public Score {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(better, "better");
    baselines = List.copyOf(baselines);
    published = List.copyOf(published);
  }

  /**
   * A share, the larger the better.
   *
   * @param metric what was measured
   * @param value from 0 to 1
   * @param baselines what it takes no network to reach
   * @param published figures of others
   * @return the score
   */
  public static Score share(
      String metric, double value, List<Reference> baselines, List<Reference> published) {
    return new Score(metric, value, Unit.SHARE, Better.HIGHER, baselines, published);
  }

  /**
   * An error, a loss: the smaller the better.
   *
   * @param metric what was measured
   * @param value the figure
   * @param baselines what it takes no network to reach
   * @param published figures of others
   * @return the score
   */
  public static Score error(
      String metric, double value, List<Reference> baselines, List<Reference> published) {
    return new Score(metric, value, Unit.NUMBER, Better.LOWER, baselines, published);
  }
}
