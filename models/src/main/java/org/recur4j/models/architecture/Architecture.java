package org.recur4j.models.architecture;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;

/**
 * Everything about a network but its weights.
 *
 * @param topology how inputs and outputs correspond
 * @param features F of each step's vector, or 0 where an embedding reads indices
 * @param dataType of weights and activations
 * @param layers first to last; the last one is dense
 * @param answer what the last layer's numbers are
 */
public record Architecture(
    Topology topology, int features, DataType dataType, List<LayerSpec> layers, Answer answer) {
  /** Checks that the layers fit together. */
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
              : "neither embedding nor features",
          "either an embedding first or a number of features");
    }
    if (layers.stream().skip(1).anyMatch(LayerSpec.Embedding.class::isInstance)) {
      throw refuse("an embedding behind another layer", "an embedding only as the first layer");
    }
    if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof LayerSpec.Dense)) {
      throw refuse("no output", "classes(…), labels(…) or values(…) at the end");
    }
    TopologyRules.check(topology, features, layers, answer);
  }

  /**
   * Returns the same architecture with another floating type.
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
   * Whether inputs are indices.
   *
   * @return true for an embedding, false for vectors
   */
  public boolean readsIndices() {
    return features == 0;
  }

  /**
   * Returns the number of indices that the embedding knows.
   *
   * @return indices are below it; 0 where the network reads vectors
   */
  public int vocabulary() {
    return layers.get(0) instanceof LayerSpec.Embedding embedding ? embedding.vocabulary() : 0;
  }

  /**
   * Number of outputs.
   *
   * @return classes, labels or values
   */
  public int outputs() {
    return ((LayerSpec.Dense) layers.get(layers.size() - 1)).units();
  }

  /**
   * Returns the position of the layer that reduces a sequence to one vector: a pooling, else the
   * last recurrent layer, whose last state is passed on.
   *
   * @return 0 … number of layers − 1; −1 if no layer does
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
   * How many layers, from the first, see every step: all of them where every step has an answer; up
   * to the one that folds a sequence, itself included, where there is one answer; none without
   * time.
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
