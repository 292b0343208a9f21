package org.recur4j.models.internal.session;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.Topology;

/**
 * The conditions under which a network can read a sequence step by step: no layer depends on later
 * steps.
 */
final class SessionRules {
  private SessionRules() {}

  static void check(Architecture architecture, int rows) {
    if (rows < 1) {
      throw refuse(rows + " rows", "at least one", "Open a session with a row for each sequence");
    }
    if (architecture.topology() == Topology.ONE_TO_ONE) {
      throw refuse(
          "a one-to-one network",
          "a network with a state between steps",
          "Call predict, because there is no state");
    }
    if (architecture.layers().stream()
        .anyMatch(
            layer ->
                layer instanceof LayerSpec.Recurrent recurrent && recurrent.readsBackwards())) {
      throw refuse(
          "a layer that reads backwards",
          "layers that read forwards",
          "Call predict on the whole sequence, or train a forward network");
    }
    architecture.layers().forEach(SessionRules::checkCustom);
    // Of layers that read forwards the last step's output is the last state.
    if (architecture.layers().stream()
        .anyMatch(
            layer ->
                layer instanceof LayerSpec.Pooled pooled
                    && pooled.pooling() != Pooling.LAST_STEP)) {
      throw refuse(
          "pooling over all steps",
          "a prediction from the last state or the last step",
          "Call predict on the whole sequence, or remove the pooling");
    }
  }

  private static void checkCustom(LayerSpec layer) {
    if (layer instanceof LayerSpec.Custom custom) {
      throw refuse(
          "the layer '" + custom.name() + "', which needs the whole sequence",
          "layers that run step by step",
          "Call predict on the whole sequence, or write a cell instead");
    }
  }

  static InvalidArgumentException refuse(String got, String expected, String advice) {
    return new InvalidArgumentException("session", got, expected, advice);
  }
}
