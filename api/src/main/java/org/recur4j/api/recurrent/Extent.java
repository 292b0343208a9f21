package org.recur4j.api.recurrent;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The largest number of steps and batch size that a pass can run.
 *
 * @param steps T, at least 1
 * @param batch B, at least 1
 */
public record Extent(int steps, int batch) {
  /** Checks both numbers. */
  public Extent {
    if (steps < 1 || batch < 1) {
      throw new InvalidArgumentException(
          "Extent", steps + " steps, batch " + batch, "at least 1 of each", "Skip empty batches");
    }
  }

  /**
   * Returns whether a batch fits.
   *
   * @param otherSteps the T of the batch
   * @param otherBatch the B of the batch
   * @return true if neither exceeds this extent
   */
  public boolean holds(int otherSteps, int otherBatch) {
    return otherSteps <= steps && otherBatch <= batch;
  }
}
