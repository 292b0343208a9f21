package org.recur4j.models.training.report;

import java.util.List;

/** Told how training goes; on the training thread, which waits. */
public interface TrainingListener {
  /**
   * Once, before anything else, with what is going to be trained: for those who want to look inside
   * while it is.
   *
   * @param start model and examples
   */
  default void onBegin(TrainingStart start) {}

  /**
   * Once, before the first batch, when training goes on from a checkpoint. Batches after it may
   * have been reported before.
   *
   * @param epoch the epoch that goes on, from 1
   * @param batch its batches that are done; all of them if training had ended
   * @param finished the reports of the epochs before, and of this one if training had ended
   */
  default void onResume(int epoch, int batch, List<EpochReport> finished) {}

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
