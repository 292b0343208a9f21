package org.recur4j.models.parity;

/**
 * The error bound for one half of a training step.
 *
 * @param stage half of the training step
 * @param bound bound for a tensor whose largest value is the unit
 * @param unit magnitude below which a tensor's bound no longer decreases
 */
record Bound(ParityPhase stage, double bound, double unit) {
  /**
   * Returns the largest difference allowed in a tensor, which is above 0 so that it can be a
   * divisor.
   */
  double of(double largest) {
    return Math.max(Double.MIN_NORMAL, bound * Math.max(unit, largest));
  }
}
