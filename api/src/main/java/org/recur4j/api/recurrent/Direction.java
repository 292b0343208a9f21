package org.recur4j.api.recurrent;

/** The order in which a plan processes the valid steps of each row. */
public enum Direction {
  /** From the first step to the last. */
  FORWARD(1),
  /** From each row's own last valid step to the first. */
  REVERSE(1),
  /** Both directions; the output holds the forward half first. */
  BIDIRECTIONAL(2);

  private final int count;

  Direction(int count) {
    this.count = count;
  }

  /**
   * Returns the number of directions.
   *
   * @return D
   */
  public int count() {
    return count;
  }

  /**
   * Returns whether entry {@code index} of the D axis runs in reverse.
   *
   * @param index 0 … D − 1
   * @return true for the reverse direction
   */
  public boolean isReverse(int index) {
    return this == REVERSE || index == 1;
  }
}
