package org.recur4j.examples.task;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/**
 * An aligned many-to-many network: indices → embedding → recurrent layers → one class a step.
 *
 * @param network closed with this
 */
public record SequenceTagger(Network network) implements AutoCloseable {
  private static final int BATCH = 32;

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
   * @param inputs sequences of indices, any number, none empty
   * @return the same number of rows, as long as the inputs
   */
  public List<Tags> tag(List<int[]> inputs) {
    List<Tags> tags = new ArrayList<>(inputs.size());
    for (int from = 0; from < inputs.size(); from += BATCH) {
      List<int[]> part = inputs.subList(from, Math.min(from + BATCH, inputs.size()));
      for (float[] row : network.predict(SequenceBatch.ofIndices(part))) {
        tags.add(Tags.of(row, network.architecture().outputs()));
      }
    }
    return tags;
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
    private static Tags of(float[] probabilities, int count) {
      int[] classes = new int[probabilities.length / count];
      double certainty = 1;
      for (int t = 0; t < classes.length; t++) {
        int best = 0;
        for (int c = 1; c < count; c++) {
          if (probabilities[t * count + c] > probabilities[t * count + best]) {
            best = c;
          }
        }
        classes[t] = best;
        certainty = Math.min(certainty, probabilities[t * count + best]);
      }
      return new Tags(classes, certainty);
    }
  }
}
