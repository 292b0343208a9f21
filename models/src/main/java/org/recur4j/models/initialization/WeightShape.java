package org.recur4j.models.initialization;

import org.recur4j.api.error.RecurException;

/**
 * The shape of a parameter as its initializer sees it: one matrix per gate, stacked. A recurrent
 * layer stores {@code weight_ih} as [G·H, I]; that is G blocks of H rows and I columns, and each
 * gate is initialized as a matrix of its own.
 *
 * @param blocks how many matrices, G; 1 where there are no gates
 * @param rows rows of one matrix: the number of outputs
 * @param columns columns of one matrix: the number of inputs; 1 for a bias
 */
public record WeightShape(int blocks, int rows, int columns) {
  /** Refuses empty shapes and more elements than an array holds. */
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
   * One matrix, outputs x inputs, as a dense layer stores it.
   *
   * @param rows the number of outputs
   * @param columns the number of inputs
   * @return the shape
   */
  public static WeightShape matrix(int rows, int columns) {
    return new WeightShape(1, rows, columns);
  }

  /**
   * The number of elements of one matrix.
   *
   * @return rows · columns
   */
  public int blockCount() {
    return rows * columns;
  }

  /**
   * The number of elements of all.
   *
   * @return blocks · rows · columns
   */
  public int count() {
    return blocks * blockCount();
  }
}
