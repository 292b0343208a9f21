package org.recur4j.models.comparison;

import org.recur4j.api.backend.Backend;
import org.recur4j.models.training.report.TrainingListener;

/**
 * A training that can be run on any backend: the same model, seed and data each time.
 *
 * @param <R> what it gives, e.g. the network or an evaluation
 */
@FunctionalInterface
public interface ComparedTraining<R> {
  /**
   * Trains from fresh weights. Runs on a thread of its own, while the other backends' threads wait.
   *
   * @param backend where
   * @param listener to be given to the trainer, which it holds up and stops
   * @return what came of it
   */
  R run(Backend backend, TrainingListener listener);
}
