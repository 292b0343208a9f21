package org.recur4j.api.cell;

/**
 * A source of parameters for a cell under construction. The cell states the purpose of each
 * parameter; the model chooses its initial values (Glorot-uniform, orthogonal or zero by default)
 * and the scope that holds it.
 */
public interface Parameters {
  /**
   * Creates weights that multiply an input.
   *
   * @param name the name, unique within the cell
   * @param gates the number of blocks of rows, each initialized separately
   * @param rows the number of rows of one block
   * @param columns the number of features of the input
   * @return {@code [gates·rows, columns]}
   */
  Parameter input(String name, int gates, int rows, int columns);

  /**
   * Creates weights that multiply the previous state.
   *
   * @param name the name, unique within the cell
   * @param gates the number of square blocks
   * @param size H
   * @return {@code [gates·size, size]}
   */
  Parameter recurrent(String name, int gates, int size);

  /**
   * Creates a bias.
   *
   * @param name the name, unique within the cell
   * @param values the initial values, e.g. zeros, or ones for a forget gate
   * @return {@code [values.length]}
   */
  Parameter bias(String name, float... values);
}
