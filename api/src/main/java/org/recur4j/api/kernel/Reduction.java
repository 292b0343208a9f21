package org.recur4j.api.kernel;

/** Reductions over an axis. */
public enum Reduction {
  /** The sum. */
  SUM,
  /** The arithmetic mean. */
  MEAN,
  /** The largest value; NaN if any value is NaN. */
  MAXIMUM
}
