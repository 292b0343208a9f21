package org.recur4j.models.training.schedule;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The selection of the epoch whose weights remain after training.
 *
 * @param criterion decides which of two epochs is better
 * @param patience the epochs without an improvement before training stops early; 0 for no early
 *     stopping
 * @param keepBest whether to restore the weights of the best epoch at the end; implied by early
 *     stopping
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
   * Returns whether training needs validation examples to find the best epoch.
   *
   * @return true if the best weights are restored or training may stop early
   */
  public boolean needsValidation() {
    return keepBest || patience > 0;
  }
}
