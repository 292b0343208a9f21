package org.recur4j.examples.task;

import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.report.TrainingListener;

/** Told how a training goes: batches and epochs as the trainer reports them, and words. */
public interface TaskProgress extends TrainingListener {
  /**
   * Something to know before the first batch: how much data there is, what the network looks like.
   *
   * @param text one or more lines
   */
  default void describe(String text) {}

  /**
   * Sets a trainer up to report here, and to keep checkpoints where they were asked for.
   *
   * @param trainer about to train
   * @param <E> its examples
   * @return the trainer
   */
  default <E> Trainer<E> follow(Trainer<E> trainer) {
    return trainer.listener(this);
  }

  /**
   * Tells nobody and never stops.
   *
   * @return the silent one
   */
  static TaskProgress none() {
    return new TaskProgress() {};
  }
}
