package org.recur4j.api.portable;

import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * One direction's weights, or their gradients, as views of one gate's rows each.
 *
 * @param source what they are views of
 * @param input {@code [H, I]} a gate
 * @param hidden {@code [H, H]} a gate
 * @param inputBias {@code [H]} a gate, or null
 * @param hiddenBias {@code [H]} a gate, or null
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

  /** Whether these views are of the very tensors given, so that they need not be made again. */
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
