package org.recur4j.api.portable;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The weights of one direction, or their gradients, as one view per gate.
 *
 * @param source the tensors that the views belong to
 * @param input {@code [H, I]} for each gate
 * @param hidden {@code [H, H]} for each gate
 * @param inputBias {@code [H]} for each gate, or null
 * @param hiddenBias {@code [H]} for each gate, or null
 */
record GateWeights(
    DirectionWeights source,
    Tensor[] input,
    Tensor[] hidden,
    Tensor[] inputBias,
    Tensor[] hiddenBias) {
  static GateWeights of(RecurrentSpec spec, DirectionWeights weights) {
    return new GateWeights(
        weights,
        rows(spec, weights.weightIh()),
        rows(spec, weights.weightHh()),
        rows(spec, weights.biasIh()),
        rows(spec, weights.biasHh()));
  }

  /**
   * Returns whether these are views of the given tensors, so that they need not be created again.
   */
  boolean isOf(DirectionWeights other) {
    return source.weightIh() == other.weightIh()
        && source.weightHh() == other.weightHh()
        && source.biasIh() == other.biasIh()
        && source.biasHh() == other.biasHh();
  }

  private static Tensor[] rows(RecurrentSpec spec, Tensor all) {
    if (all == null) {
      return null;
    }
    Tensor[] views = new Tensor[spec.gates()];
    Shape shape = all.shape().with(0, spec.hiddenSize());
    for (int gate = 0; gate < views.length; gate++) {
      views[gate] = all.view(gate * shape.size(), shape);
    }
    return views;
  }
}
