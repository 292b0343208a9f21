package org.recur4j.api.reference;

/**
 * The weights of one direction, or their gradients, as PyTorch stores them.
 *
 * @param weightIh {@code [G·H, I]}
 * @param weightHh {@code [G·H, H]}
 * @param biasIh {@code [G·H]}, or null
 * @param biasHh {@code [G·H]}, or null
 */
public record NaiveWeights(double[] weightIh, double[] weightHh, double[] biasIh, double[] biasHh) {
  NaiveWeights zeros() {
    return new NaiveWeights(
        new double[weightIh.length],
        new double[weightHh.length],
        biasIh == null ? null : new double[biasIh.length],
        biasHh == null ? null : new double[biasHh.length]);
  }
}
