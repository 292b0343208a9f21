package org.recur4j.models.training.report;

import java.util.List;
import org.recur4j.models.data.Example;
import org.recur4j.models.training.model.Trainable;
import org.recur4j.models.training.model.TrainableNetwork;

/**
 * What a training begins with. Listeners look; they do not touch.
 *
 * @param trainable what is trained; of a network a {@link TrainableNetwork}
 * @param examples what is learned from, in the order given; of a network {@link Example}s
 */
public record TrainingStart(Trainable<?> trainable, List<?> examples) {
  /** Copies the list. */
  public TrainingStart {
    examples = List.copyOf(examples);
  }
}
