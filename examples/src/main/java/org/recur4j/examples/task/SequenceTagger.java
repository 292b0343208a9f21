package org.recur4j.examples.task;

import java.util.List;
import java.util.stream.IntStream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.Predictions;

/**
 * An aligned many-to-many network: indices → embedding → recurrent layers → one class a step.
 *
 * @param network closed with this
 */
public record SequenceTagger(Network network) implements AutoCloseable {
  /**
   * A network with fresh weights.
   *
   * @param backend where it lives
   * @param settings variant, sizes, seed
   * @param vocabulary number of indices
   * @param embedding values for each index
   * @param classes what each step is told apart into
   * @return the tagger; close it
   */
  public static SequenceTagger create(
      Backend backend, TaskSettings settings, int vocabulary, int embedding, int classes) {
    ManyToManyBuilder builder =
        Networks.manyToMany().seed(settings.seed()).embedding(vocabulary, embedding);
    Variant variant = settings.variant();
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.recurrent(variant.cell().layer(settings.hidden()).direction(variant.direction()));
    }
    return new SequenceTagger(builder.classes(classes).build(backend));
  }

  /**
   * The likeliest class of every step, with its probability.
   *
   * @param inputs sequences of indices, at least one
   * @return the same number of rows, as long as the inputs
   */
  public List<Tags> tag(List<int[]> inputs) {
    Predictions predictions = network.predict(inputs.stream().map(Example::unlabeled).toList());
    return IntStream.range(0, inputs.size()).mapToObj(row -> Tags.of(predictions, row)).toList();
  }

  /**
   * The same tagger at another precision.
   *
   * @param precision how products round
   * @return shares the weights with this tagger, which must outlive it; close it
   */
  public SequenceTagger at(Precision precision) {
    return new SequenceTagger(network.at(precision));
  }

  /**
   * Memory of the recurrent layers' weights as their plans pack them.
   *
   * @return bytes
   */
  public long packedBytes() {
    return network.packedBytes();
  }

  @Override
  public void close() {
    network.close();
  }

  /**
   * The classes of one sequence.
   *
   * @param classes one for each step
   * @param certainty the probability of the least certain one, 0 to 1
   */
  public record Tags(int[] classes, double certainty) {
    private static Tags of(Predictions predictions, int row) {
      int[] classes = new int[predictions.steps(row)];
      double certainty = 1;
      for (int step = 0; step < classes.length; step++) {
        classes[step] = predictions.argMax(row, step);
        certainty = Math.min(certainty, predictions.values(row, step)[classes[step]]);
      }
      return new Tags(classes, certainty);
    }
  }
}
