package org.recur4j.models.network;

import org.recur4j.models.file.StoredShapes;

/**
 * What the weights of a new model begin with.
 *
 * @param start the rule
 * @param seed same seed, same bits
 * @param stored the file that they are read from next, which bounds their sizes; null where there
 *     is none
 */
public record Beginning(Start start, long seed, StoredShapes stored) {
  /**
   * Weights to be trained.
   *
   * @param start the rule
   * @param seed same seed, same bits
   * @return drawn from counters
   */
  public static Beginning drawn(Start start, long seed) {
    return new Beginning(start, seed, null);
  }

  /**
   * Weights to be copied from another model.
   *
   * @return zeros
   */
  public static Beginning zeros() {
    return drawn(Start.ZEROS, 0);
  }

  /**
   * Weights to be read from a file.
   *
   * @param stored its tensors; a parameter of a shape that none of them has is refused
   * @return zeros
   */
  public static Beginning readFrom(StoredShapes stored) {
    return new Beginning(Start.ZEROS, 0, stored);
  }
}
