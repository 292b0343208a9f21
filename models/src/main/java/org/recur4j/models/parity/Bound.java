package org.recur4j.models.parity;

/**
 * What is allowed in one half of a training step.
 *
 * @param stage which half
 * @param bound of a tensor whose largest value is the unit
 * @param unit magnitude below which a tensor is not measured more closely
 */
record Bound(ParityPhase stage, double bound, double unit) {
  /** The largest difference allowed in a tensor; above 0, so that shares of it are numbers. */
  double of(double largest) {
    return Math.max(Double.MIN_NORMAL, bound * Math.max(unit, largest));
  }
}
