package org.recur4j.models.architecture;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * What a topology cannot have. The builders offer hardly any of it; a description may be turned
 * round, and a file may say anything.
 */
final class TopologyRules {
  private TopologyRules() {}

  static void check(Topology topology, int features, List<LayerSpec> layers, Answer answer) {
    if (topology != Topology.MANY_TO_ONE && layers.stream().anyMatch(TopologyRules::isPooling)) {
      throw refuse(
          "pooling over time in a " + topology + " network",
          "pooling where a sequence is folded into one answer",
          "Use manyToOne, or leave the pooling out");
    }
    boolean recurrent = layers.stream().anyMatch(Architecture::isRecurrent);
    switch (topology) {
      case ONE_TO_ONE -> {
        if (recurrent) {
          throw refuse(
              "a recurrent layer in a one-to-one network",
              "layers without time, because there is one step",
              "Use manyToOne or manyToMany for sequences");
        }
      }
      case ONE_TO_MANY -> {
        if (layers.stream()
            .anyMatch(
                layer -> layer instanceof LayerSpec.Recurrent scan && scan.readsBackwards())) {
          throw refuse(
              "a layer that reads backwards in a one-to-many network",
              "forward layers, because what follows is not there yet",
              "Describe the layer forwards, or use manyToMany where the whole input is known");
        }
        checkFeedback(features, layers, answer);
      }
      case MANY_TO_ONE -> checkFold(layers);
      case MANY_TO_MANY -> {}
    }
  }

  private static boolean isPooling(LayerSpec spec) {
    return spec instanceof LayerSpec.Pooled;
  }

  /** There is one fold, and no time behind it. */
  private static void checkFold(List<LayerSpec> layers) {
    long poolings = layers.stream().filter(TopologyRules::isPooling).count();
    if (poolings == 0 && layers.stream().noneMatch(Architecture::isRecurrent)) {
      throw refuse(
          "no recurrent layer",
          "one, because a sequence is folded into one answer",
          "Add recurrent(…), bidirectional(…) or pooling(…)");
    }
    boolean folded = false;
    for (LayerSpec layer : layers) {
      if (folded && (isPooling(layer) || Architecture.isRecurrent(layer))) {
        throw refuse(
            layer + " behind the pooling",
            "one pooling, and layers without time behind it",
            "Put recurrent layers before the pooling");
      }
      folded |= isPooling(layer);
    }
  }

  /** An answer is the next step's input, so it must be something the network reads. */
  private static void checkFeedback(int features, List<LayerSpec> layers, Answer answer) {
    int outputs = ((LayerSpec.Dense) layers.get(layers.size() - 1)).units();
    if (layers.get(0) instanceof LayerSpec.Embedding embedding) {
      if (answer != Answer.CLASSES || outputs > embedding.vocabulary()) {
        throw refuse(
            outputs + " outputs (" + answer + ") behind an embedding of " + embedding.vocabulary(),
            "at most "
                + embedding.vocabulary()
                + " classes, because the class is the next index that is read",
            "Give classes(…) the vocabulary's size, or use manyToMany");
      }
    } else if (outputs != features) {
      throw refuse(
          outputs + " outputs from " + features + " features",
          features + ", because the answer is the next vector that is read",
          "Give the output as many numbers as the input, or use manyToMany");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("network", got, expected, advice);
  }
}
