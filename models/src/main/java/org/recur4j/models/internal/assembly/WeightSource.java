package org.recur4j.models.internal.assembly;

import org.recur4j.models.architecture.InitialWeights;

/**
 * The source of the initial weights of a new model.
 *
 * @param start the initialization
 * @param seed the seed
 * @param stored the tensors of the file that the weights are read from next, which bound their
 *     sizes; null without a file
 */
public record WeightSource(InitialWeights start, long seed, StoredShapes stored) {
  /**
   * Returns a source of initial weights for training.
   *
   * @param start the initialization
   * @param seed the seed; the same seed gives the same bits
   * @return the source
   */
  public static WeightSource drawn(InitialWeights start, long seed) {
    return new WeightSource(start, seed, null);
  }

  /**
   * Returns a source of zeros, for weights to be copied from another model.
   *
   * @return the source
   */
  public static WeightSource zeros() {
    return drawn(InitialWeights.ZEROS, 0);
  }

  /**
   * Returns a source of zeros, for weights to be read from a file.
   *
   * @param stored the file's tensors; parameters whose shapes differ from them are refused
   * @return the source
   */
  public static WeightSource readFrom(StoredShapes stored) {
    return new WeightSource(InitialWeights.ZEROS, 0, stored);
  }
}
