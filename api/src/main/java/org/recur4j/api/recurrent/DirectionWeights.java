package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Tensor;

/**
 * The weights of one direction, or their gradients, with PyTorch's names and layout.
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
