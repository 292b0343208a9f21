package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;

/** As how many equally likely symbols a model's choice is hard, on average. */
public final class Perplexity {
  private Perplexity() {}

  /**
   * e to the mean cross-entropy.
   *
   * @param meanCrossEntropy mean of −ln p over the symbols, in nats, as losses and evaluations give
   *     it; at least 0
   * @return at least 1; 1 if every symbol was certain
   */
  public static double of(double meanCrossEntropy) {
    if (!(meanCrossEntropy >= 0)) {
      throw new InvalidArgumentException(
          "perplexity",
          "a mean cross-entropy of " + meanCrossEntropy,
          "at least 0",
          "Give the mean of −ln p over all symbols, in nats");
    }
    return StrictMath.exp(meanCrossEntropy);
  }
}
