package org.recur4j.models.initialization;

import org.recur4j.api.error.RecurException;

/**
 * The shape of a parameter for its initializer: one matrix per gate, stacked. For example, a
 * recurrent layer stores {@code weight_ih} as [G·H, I], that is, G blocks of H rows and I columns,
 * and each block is initialized separately.
 *
 * @param blocks G, number of matrices; 1 if there are no gates
 * @param rows rows of one matrix, the number of outputs
 * @param columns columns of one matrix, the number of inputs; 1 for a bias
 */
public record WeightShape(int blocks, int rows, int columns) {
  /** Validates that the shape is not empty and fits in an array. */
  public WeightShape {
    if (blocks < 1
        || rows < 1
        || columns < 1
        || (double) blocks * rows * columns > Integer.MAX_VALUE - 8) {
      throw new RecurException(
          "Weight shape: got "
              + blocks
              + " blocks of "
              + rows
              + " x "
              + columns
              + ", expected at least 1 of each and at most 2147483639 elements. Check the layer's sizes.");
    }
  }

  /**
   * Returns the shape of one matrix, outputs × inputs, as stored by a dense layer.
   *
   * @param rows number of outputs
   * @param columns number of inputs
   * @return the shape
   */
  public static WeightShape matrix(int rows, int columns) {
    return new WeightShape(1, rows, columns);
  }

  /**
   * Returns the number of elements of one matrix.
   *
   * @return rows · columns
   */
  public int blockCount() {
    return rows * columns;
  }

  /**
   * Returns the total number of elements.
   *
   * @return blocks · rows · columns
   */
  public int count() {
    return blocks * blockCount();
  }
}
