package org.recur4j.models.training.report;

import java.util.List;

/**
 * A listener for the progress of training. Its methods are called on the training thread, which
 * waits for them.
 */
public interface TrainingListener {
  /**
   * Called once before training begins, with the model and the examples, for example to inspect the
   * model during training.
   *
   * @param start the model and the examples
   */
  default void onBegin(TrainingStart start) {}

  /**
   * Called once before the first batch if training resumes from a checkpoint. Batches after the
   * checkpoint may already have been reported by the interrupted training.
   *
   * @param epoch the epoch that is resumed, from 1
   * @param batch the completed batches of this epoch; all of them if training had ended
   * @param finished the reports of the previous epochs, and of this one if training had ended
   */
  default void onResume(int epoch, int batch, List<EpochReport> finished) {}

  /**
   * Called after every batch.
   *
   * @param report the loss and the gradient norm
   */
  default void onBatch(BatchReport report) {}

  /**
   * Called after every epoch and its validation.
   *
   * @param report the losses, the accuracy and the time
   */
  default void onEpoch(EpochReport report) {}

  /**
   * Returns whether to stop training; called before every batch.
   *
   * @return true to stop training now
   */
  default boolean stopRequested() {
    return false;
  }
}
