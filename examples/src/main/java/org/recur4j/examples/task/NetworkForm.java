package org.recur4j.examples.task;

import java.util.Arrays;
import java.util.List;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.data.DataException;
import org.recur4j.models.network.Network;

/**
 * What a task's networks read and answer. A file may name a task and hold another network; every
 * index and every answer would then mean something else, or lie outside.
 *
 * @param indices whether it reads indices; else vectors
 * @param inputs how many indices there are, or how many features a vector has
 * @param outputs of each answer
 * @param topologies it may have
 */
public record NetworkForm(boolean indices, int inputs, int outputs, List<Topology> topologies) {
  /** Copies the list. */
  public NetworkForm {
    topologies = List.copyOf(topologies);
  }

  /**
   * Networks that read indices.
   *
   * @param vocabulary how many indices there are
   * @param outputs of each answer
   * @param topologies they may have
   * @return the form
   */
  public static NetworkForm ofIndices(int vocabulary, int outputs, Topology... topologies) {
    return new NetworkForm(true, vocabulary, outputs, Arrays.asList(topologies));
  }

  /**
   * Networks that read vectors.
   *
   * @param features of a vector
   * @param outputs of each answer
   * @param topologies they may have
   * @return the form
   */
  public static NetworkForm ofFeatures(int features, int outputs, Topology... topologies) {
    return new NetworkForm(false, features, outputs, Arrays.asList(topologies));
  }

  /**
   * Refuses a network of another form.
   *
   * @param network from a file
   * @param task that the file names
   * @param file for the message
   * @throws DataException if it is of another form
   */
  public void check(Network network, String task, String file) {
    Architecture architecture = network.architecture();
    int vocabulary =
        architecture.layers().get(0) instanceof LayerSpec.Embedding embedding
            ? embedding.vocabulary()
            : 0;
    NetworkForm found =
        new NetworkForm(
            architecture.readsIndices(),
            architecture.readsIndices() ? vocabulary : architecture.features(),
            architecture.outputs(),
            List.of(architecture.topology()));
    if (found.indices != indices
        || found.inputs != inputs
        || found.outputs != outputs
        || !topologies.containsAll(found.topologies)) {
      throw new DataException(
          file,
          "a network with " + found,
          this.toString(),
          "Give a file that 'recur4j train " + task + "' wrote.");
    }
  }

  @Override
  public String toString() {
    return inputs
        + (indices ? " indices" : " features")
        + " and "
        + outputs
        + " outputs, "
        + String.join(" or ", topologies.stream().map(Topology::toString).toList());
  }
}
