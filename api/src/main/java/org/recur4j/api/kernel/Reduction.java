package org.recur4j.api.kernel;

/** How an axis is folded. */
public enum Reduction {
  /** The sum. */
  SUM,
  /** The arithmetic mean. */
  MEAN,
  /** The largest value; NaN if any is NaN. */
  MAXIMUM
}
