package org.recur4j.backend.nd4j.sequence;

/**
 * The division of a direction's hidden units among threads. It depends only on the specification,
 * so that results depend neither on the batch nor on the number of threads. Dividing units costs
 * OpenBLAS 3 percent, dividing batch rows 25 to 30, because it packs the weights anew for every
 * call.
 *
 * @param hiddenSize H
 * @param parts number of parts
 */
record UnitCut(int hiddenSize, int parts) {
  /** The unit boundary of parts, a vector of 16. */
  private static final int GRAIN = 16;

  /**
   * Returns one part per direction if there are two directions or fewer than 128 units, because a
   * product of fewer than 64 units per part is too small to divide.
   */
  static UnitCut of(int hiddenSize, int directions) {
    if (directions > 1 || hiddenSize < 128) {
      return new UnitCut(hiddenSize, 1);
    }
    return new UnitCut(hiddenSize, hiddenSize < 512 ? 2 : 4);
  }

  /** Returns the first unit of a part; H for the part after the last. */
  int from(int part) {
    int unit = (int) ((long) hiddenSize * part / parts) / GRAIN * GRAIN;
    return part == parts ? hiddenSize : unit;
  }

  int units(int part) {
    return from(part + 1) - from(part);
  }
}
