package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * The tensors of one direction, or their gradients, named and laid out as PyTorch does.
 *
 * @param weightIh {@code [G·H, I]}
 * @param weightHh {@code [G·H, H]}
 * @param biasIh {@code [G·H]}, or null
 * @param biasHh {@code [G·H]}, or null
 */
public record DirectionWeights(Tensor weightIh, Tensor weightHh, Tensor biasIh, Tensor biasHh) {
  long version() {
    return weightIh.version()
        + weightHh.version()
        + (biasIh == null ? 0 : biasIh.version())
        + (biasHh == null ? 0 : biasHh.version());
  }
}
