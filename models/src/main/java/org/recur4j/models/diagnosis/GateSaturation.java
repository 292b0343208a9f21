package org.recur4j.models.diagnosis;

/**
 * How often a gate is all but shut or all but open, where its derivative is small. The count is
 * that of A. Karpathy, J. Johnson, L. Fei-Fei, "Visualizing and understanding recurrent networks"
 * (2015), section 4.2, whose bounds are 0.1 and 0.9; ours are narrower.
 *
 * @param gate its letter: i, f, g, o of an LSTM, r, z, n of a GRU, h of a vanilla cell
 * @param low share of values below 0.05 of a gate in [0, 1], below −0.95 of one in [−1, 1]
 * @param high share of values above 0.95
 */
public record GateSaturation(String gate, double low, double high) {
  /** From here on a gate counts as open. */
  public static final double OPEN = 0.95;

  /** Up to here a gate counts as shut. */
  public static final double SHUT = 1 - OPEN;

  /**
   * Both ends together.
   *
   * @return in [0, 1]
   */
  public double share() {
    return low + high;
  }
}
