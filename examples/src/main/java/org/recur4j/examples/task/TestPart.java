package org.recur4j.examples.task;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Predictions;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.report.Evaluation;

/**
 * A network and what it is measured by.
 *
 * @param network not closed here
 * @param examples no training example is among them
 * @param loss that it was trained by
 */
public record TestPart(Network network, List<Example> examples, Loss loss) {
  /** Copies the list. */
  public TestPart {
    examples = List.copyOf(examples);
  }

  /**
   * A network that was trained by the usual loss of its kind of answers.
   *
   * @param network not closed here
   * @param examples no training example is among them
   * @return the two together
   */
  public static TestPart of(Network network, List<Example> examples) {
    return new TestPart(network, examples, Loss.of(network.architecture().answer()));
  }

  /**
   * Mean loss and, of classes, the share of right answers.
   *
   * @return over all examples
   */
  public Evaluation evaluate() {
    return Trainer.of(network, loss).evaluate(examples);
  }

  /**
   * Every probability or value that the network gives.
   *
   * @return the answers of the examples, one after the other; those of their steps, where a network
   *     answers at each step
   */
  public List<float[]> outputs() {
    Predictions predictions = network.predict(examples);
    List<float[]> outputs = new ArrayList<>(examples.size());
    for (int row = 0; row < predictions.size(); row++) {
      for (int step = 0; step < predictions.steps(row); step++) {
        outputs.add(predictions.values(row, step));
      }
    }
    return outputs;
  }
}
