package org.recur4j.models.internal.assembly;

import org.recur4j.models.architecture.InitialWeights;

/**
 * What the weights of a new model begin with.
 *
 * @param start the rule
 * @param seed same seed, same bits
 * @param stored the file that they are read from next, which bounds their sizes; null where there
 *     is none
 */
public record WeightSource(InitialWeights start, long seed, StoredShapes stored) {
  /**
   * Weights to be trained.
   *
   * @param start the rule
   * @param seed same seed, same bits
   * @return drawn from counters
   */
  public static WeightSource drawn(InitialWeights start, long seed) {
    return new WeightSource(start, seed, null);
  }

  /**
   * Weights to be copied from another model.
   *
   * @return zeros
   */
  public static WeightSource zeros() {
    return drawn(InitialWeights.ZEROS, 0);
  }

  /**
   * Weights to be read from a file.
   *
   * @param stored its tensors; a parameter of a shape that none of them has is refused
   * @return zeros
   */
  public static WeightSource readFrom(StoredShapes stored) {
    return new WeightSource(InitialWeights.ZEROS, 0, stored);
  }
}
