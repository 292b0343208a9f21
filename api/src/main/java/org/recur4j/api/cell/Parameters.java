package org.recur4j.api.cell;

/**
 * Where a cell gets its parameters when it is built: it says what each is for, and the model
 * decides how it begins (Glorot-uniform, orthogonal, zero unless configured otherwise) and where it
 * lives.
 */
public interface Parameters {
  /**
   * Weights that multiply an input.
   *
   * @param name unique within the cell
   * @param gates how many blocks of rows are initialized on their own
   * @param rows rows of one block
   * @param columns features of the input
   * @return {@code [gates·rows, columns]}
   */
  Parameter input(String name, int gates, int rows, int columns);

  /**
   * Weights that multiply the previous state.
   *
   * @param name unique within the cell
   * @param gates how many square blocks
   * @param size H
   * @return {@code [gates·size, size]}
   */
  Parameter recurrent(String name, int gates, int size);

  /**
   * A bias.
   *
   * @param name unique within the cell
   * @param values what it begins with, e.g. zeros, or ones for a forget gate
   * @return {@code [values.length]}
   */
  Parameter bias(String name, float... values);
}
