package org.recur4j.models.training;

/** Told how training goes; on the training thread, which waits. */
public interface TrainingListener {
  /**
   * After every batch.
   *
   * @param report loss and gradient norm
   */
  default void onBatch(BatchReport report) {}

  /**
   * After every epoch, validation included.
   *
   * @param report losses, accuracy, time
   */
  default void onEpoch(EpochReport report) {}

  /**
   * Asked before every batch.
   *
   * @return true to end training now; the weights stay as they are
   */
  default boolean stopRequested() {
    return false;
  }
}
