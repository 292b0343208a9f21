package org.recur4j.examples.comparison;

import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.models.training.report.TrainingListener;

/** What is trained on every backend: the same model, seed and data each time. */
public interface Subject {
  /**
   * What a person calls it.
   *
   * @return e.g. "names, LSTM bidirectional"
   */
  String title();

  /**
   * What was chosen, the seed included.
   *
   * @return values by name, in order
   */
  Map<String, String> settings();

  /**
   * The same with other sizes.
   *
   * @param size which: {@code hidden}, {@code batch} or {@code layers}
   * @param value at least 1
   * @return the changed subject
   * @throws org.recur4j.api.error.InvalidArgumentException if it has no such size
   */
  Subject with(String size, int value);

  /**
   * How long random examples are, where there are no others to ask the model with.
   *
   * @return steps, at least 1
   */
  int steps();

  /**
   * Trains from fresh weights.
   *
   * @param backend where
   * @param listener given to the trainer
   * @return the model and its figures; close it
   */
  Trained train(Backend backend, TrainingListener listener);
}
