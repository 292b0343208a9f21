package org.recur4j.models.architecture;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Validates that layers and outputs suit a topology. The builders prevent most violations;
 * descriptions built by hand or read from files need the check.
 */
final class TopologyRules {
  private TopologyRules() {}

  static void check(Topology topology, int features, List<LayerSpec> layers, OutputKind answer) {
    if (topology != Topology.MANY_TO_ONE && layers.stream().anyMatch(TopologyRules::isPooling)) {
      throw refuse(
          "pooling over time in a " + topology + " network",
          "pooling only where a sequence has one output",
          "Use manyToOne, or remove the pooling");
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
              "forward layers, because later steps do not exist yet",
              "Use a forward layer, or manyToMany if the whole input is known");
        }
        layers.stream()
            .filter(LayerSpec.Custom.class::isInstance)
            .findFirst()
            .ifPresent(
                layer -> {
                  throw refuse(
                      layer + " in a one-to-many network",
                      "layers that run step by step, because what follows is not there yet",
                      "Write a cell instead, or use manyToMany where the whole input is known");
                });
        checkFeedback(features, layers, answer);
      }
      case MANY_TO_ONE -> checkFold(layers);
      case MANY_TO_MANY -> {}
    }
  }

  private static boolean isPooling(LayerSpec spec) {
    return spec instanceof LayerSpec.Pooled;
  }

  /** Requires one pooling or recurrent layer, and no layer over time after a pooling. */
  private static void checkFold(List<LayerSpec> layers) {
    long poolings = layers.stream().filter(TopologyRules::isPooling).count();
    if (poolings == 0 && layers.stream().noneMatch(Architecture::isRecurrent)) {
      throw refuse(
          "no recurrent layer",
          "at least one, because a sequence is reduced to one output",
          "Add recurrent(…), bidirectional(…) or pooling(…)");
    }
    boolean folded = false;
    for (LayerSpec layer : layers) {
      if (folded && (isPooling(layer) || Architecture.isRecurrent(layer))) {
        throw refuse(
            layer + " after the pooling",
            "one pooling, and no recurrent layer after it",
            "Put recurrent layers before the pooling");
      }
      folded |= isPooling(layer);
    }
  }

  /** Requires that an output can be the input of the next step. */
  private static void checkFeedback(int features, List<LayerSpec> layers, OutputKind answer) {
    int outputs = ((LayerSpec.Dense) layers.get(layers.size() - 1)).units();
    if (layers.get(0) instanceof LayerSpec.Embedding embedding) {
      if (answer != OutputKind.CLASSES || outputs > embedding.vocabulary()) {
        throw refuse(
            outputs + " outputs (" + answer + ") after an embedding of " + embedding.vocabulary(),
            "at most "
                + embedding.vocabulary()
                + " classes, because the predicted class is the next input index",
            "Give classes(…) the vocabulary's size, or use manyToMany");
      }
    } else if (outputs != features) {
      throw refuse(
          outputs + " outputs from " + features + " features",
          features + ", because the output is the next input vector",
          "Give the output as many numbers as the input, or use manyToMany");
    }
  }

  private static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("network", got, expected, advice);
  }
}
