package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The perplexity of a model: the number of equally likely symbols with the same mean cross-entropy.
 */
public final class Perplexity {
  private Perplexity() {}

  /**
   * Returns the exponential of the mean cross-entropy.
   *
   * @param meanCrossEntropy the mean of −ln p over the symbols, in nats, as returned by losses and
   *     evaluations; at least 0
   * @return the perplexity, at least 1; 1 if the model assigns probability 1 to every symbol
   */
  public static double of(double meanCrossEntropy) {
    if (!(meanCrossEntropy >= 0)) {
      throw new InvalidArgumentException(
          "perplexity",
          "a mean cross-entropy of " + meanCrossEntropy,
          "at least 0",
          "Pass the mean of −ln p over all symbols, in nats");
    }
    return StrictMath.exp(meanCrossEntropy);
  }
}
