package org.recur4j.examples.task;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.SequenceBatch;
import org.recur4j.models.training.Evaluation;
import org.recur4j.models.training.Example;
import org.recur4j.models.training.Trainer;

/**
 * A network and what it is measured by.
 *
 * @param network with classes as answers; not closed here
 * @param examples no training example is among them
 */
public record TestPart(Network network, List<Example> examples) {
  private static final int BATCH = 256;

  /** Copies the list. */
  public TestPart {
    examples = List.copyOf(examples);
  }

  /**
   * Mean loss and share of right answers.
   *
   * @return over all examples
   */
  public Evaluation evaluate() {
    return Trainer.evaluate(network, examples);
  }

  /**
   * Every probability that the network gives.
   *
   * @return a row for each example, as {@link Network#predict}
   */
  public List<float[]> outputs() {
    List<float[]> outputs = new ArrayList<>(examples.size());
    for (int from = 0; from < examples.size(); from += BATCH) {
      List<Example> part = examples.subList(from, Math.min(from + BATCH, examples.size()));
      SequenceBatch batch =
          part.get(0).indices() == null
              ? SequenceBatch.ofFeatures(part.stream().map(Example::features).toList())
              : SequenceBatch.ofIndices(part.stream().map(Example::indices).toList());
      outputs.addAll(List.of(network.predict(batch)));
    }
    return outputs;
  }
}
