package org.recur4j.models.architecture;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;

/**
 * The complete description of a network, without its weights.
 *
 * @param topology correspondence of inputs and outputs
 * @param features F, size of each step's vector, or 0 if an embedding reads indices
 * @param dataType type of weights and activations
 * @param layers layers, first to last; the last one is dense
 * @param answer kind of output
 */
public record Architecture(
    Topology topology, int features, DataType dataType, List<LayerSpec> layers, OutputKind answer) {
  /** Validates that the layers fit together. */
  public Architecture {
    layers = List.copyOf(layers);
    if (!dataType.isFloating()) {
      throw refuse("weights of type " + dataType, "a floating type");
    }
    boolean embedded = !layers.isEmpty() && layers.get(0) instanceof LayerSpec.Embedding;
    if (embedded == features > 0 || features < 0) {
      throw refuse(
          embedded
              ? "an embedding and " + features + " features"
              : "neither an embedding nor features",
          "either an embedding as the first layer or a number of features");
    }
    if (layers.stream().skip(1).anyMatch(LayerSpec.Embedding.class::isInstance)) {
      throw refuse("an embedding after another layer", "an embedding only as the first layer");
    }
    if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof LayerSpec.Dense)) {
      throw refuse("no output", "a last layer added by classes(…), labels(…) or values(…)");
    }
    TopologyRules.check(topology, features, layers, answer);
  }

  /**
   * Returns the same architecture with the given floating type.
   *
   * @param type FLOAT32 or FLOAT64
   * @return a changed copy
   */
  public Architecture of(DataType type) {
    return new Architecture(topology, features, type, layers, answer);
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "network", got, expected, "Correct the calls on the builder");
  }

  /**
   * Returns whether the inputs are indices.
   *
   * @return true for an embedding as the first layer, false for vectors
   */
  public boolean readsIndices() {
    return features == 0;
  }

  /**
   * Returns the size of the vocabulary.
   *
   * @return upper bound (exclusive) of the indices; 0 if the network reads vectors
   */
  public int vocabulary() {
    return layers.get(0) instanceof LayerSpec.Embedding embedding ? embedding.vocabulary() : 0;
  }

  /**
   * Returns the number of outputs.
   *
   * @return number of classes, labels or values
   */
  public int outputs() {
    return ((LayerSpec.Dense) layers.get(layers.size() - 1)).units();
  }

  /**
   * Returns the position of the layer that reduces a sequence to one vector: a pooling layer if
   * there is one, else the last recurrent layer, which passes on its last state.
   *
   * @return 0 … number of layers − 1, or −1 if there is no such layer
   */
  public int fold() {
    int fold = -1;
    for (int i = 0; i < layers.size() && topology == Topology.MANY_TO_ONE; i++) {
      if (layers.get(i) instanceof LayerSpec.Pooled || isRecurrent(layers.get(i))) {
        fold = i;
      }
    }
    return fold;
  }

  /**
   * Returns the number of leading layers that process every step: all layers if every step has an
   * output; the layers up to and including {@link #fold()} if a sequence has one output; 0 for a
   * one-to-one network.
   *
   * @return 0 … number of layers
   */
  public int stepwiseLayers() {
    return topology.isAligned() ? layers.size() : fold() + 1;
  }

  static boolean isRecurrent(LayerSpec spec) {
    return spec instanceof LayerSpec.Recurrent;
  }
}
