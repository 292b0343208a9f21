package org.recur4j.models.training.report;

import java.util.List;
import org.recur4j.models.data.Example;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableNetwork;

/**
 * The model and the examples at the start of training. Listeners must not modify them.
 *
 * @param trainable the model; for a network, a {@link TrainableNetwork}
 * @param examples the training examples, in the given order; for a network, {@link Example}s
 */
public record TrainingStart(Trainable<?> trainable, List<?> examples) {
  /** Copies the list. */
  public TrainingStart {
    examples = List.copyOf(examples);
  }
}
