package org.recur4j.api.recurrent;

/** In which order a plan walks each row's real steps. */
public enum Direction {
  /** First to last. */
  FORWARD(1),
  /** Last to first, from each row's own last step. */
  REVERSE(1),
  /** Both; the output holds the forward half first. */
  BIDIRECTIONAL(2);

  private final int count;

  Direction(int count) {
    this.count = count;
  }

  /**
   * Number of directions.
   *
   * @return D
   */
  public int count() {
    return count;
  }

  /**
   * Whether entry {@code index} of the D axis walks backwards.
   *
   * @param index 0 … D − 1
   * @return true for the reverse walk
   */
  public boolean isReverse(int index) {
    return this == REVERSE || index == 1;
  }
}
