package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * Which epoch's weights training ends with.
 *
 * @param criterion which of two epochs is better
 * @param patience epochs without a better one before training ends; 0 for never
 * @param keepBest whether the best epoch's weights are put back at the end; with patience they are
 */
public record Selection(Criterion criterion, int patience, boolean keepBest) {
  /** Checks the patience. */
  public Selection {
    if (patience < 0) {
      throw new InvalidArgumentException(
          "trainer", "patience " + patience, "at least 0", "Correct earlyStopping");
    }
  }

  /**
   * Returns whether the best epoch must be known.
   *
   * @return true if its weights are kept or training stops early
   */
  public boolean needsValidation() {
    return keepBest || patience > 0;
  }
}
