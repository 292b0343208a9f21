package org.recur4j.models.comparison;

import org.recur4j.api.backend.Backend;
import org.recur4j.models.training.report.TrainingListener;

/**
 * A training that can run on any backend, each time with the same model, seed and data.
 *
 * @param <R> result, for example the network or an evaluation
 */
@FunctionalInterface
public interface TrainingWorkload<R> {
  /**
   * Trains from newly initialized weights. Runs on a separate thread, while the threads of the
   * other backends wait.
   *
   * @param backend backend to train on
   * @param listener listener to pass to the trainer, which pauses and stops the training
   * @return the result
   */
  R run(Backend backend, TrainingListener listener);
}
