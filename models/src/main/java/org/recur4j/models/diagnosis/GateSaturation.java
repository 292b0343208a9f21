package org.recur4j.models.diagnosis;

/**
 * The fraction of a gate's values that are saturated, that is, near the ends of its range, where
 * the derivative is small. The measure follows A. Karpathy, J. Johnson, L. Fei-Fei, "Visualizing
 * and understanding recurrent networks" (2015), section 4.2, with narrower bounds than the paper's
 * 0.1 and 0.9.
 *
 * @param gate letter of the gate: i, f, g, o for an LSTM, r, z, n for a GRU, h for a vanilla cell
 * @param low fraction of values below 0.05 for a gate in [0, 1], below −0.95 for one in [−1, 1]
 * @param high fraction of values above 0.95
 */
public record GateSaturation(String gate, double low, double high) {
  /** The value above which a gate is saturated. */
  public static final double OPEN = 0.95;

  /** The value below which a gate in [0, 1] is saturated. */
  public static final double SHUT = 1 - OPEN;

  /**
   * Returns the fraction of saturated values at both ends.
   *
   * @return in [0, 1]
   */
  public double share() {
    return low + high;
  }
}
