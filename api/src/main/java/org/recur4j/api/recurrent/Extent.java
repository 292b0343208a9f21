package org.recur4j.api.recurrent;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The largest sequence batch a pass must hold.
 *
 * @param steps T, at least 1
 * @param batch B, at least 1
 */
public record Extent(int steps, int batch) {
  /** Checks both. */
  public Extent {
    if (steps < 1 || batch < 1) {
      throw new InvalidArgumentException(
          "Extent", steps + " steps, batch " + batch, "at least 1 of each", "Skip empty batches");
    }
  }

  /**
   * Whether a batch fits.
   *
   * @param otherSteps its T
   * @param otherBatch its B
   * @return true if neither exceeds this extent
   */
  public boolean holds(int otherSteps, int otherBatch) {
    return otherSteps <= steps && otherBatch <= batch;
  }
}
