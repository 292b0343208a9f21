package org.recur4j.api.backend;

/** Matrix decompositions for diagnostics, in double precision on row-major Java arrays. */
public interface Decompositions {
  /**
   * Returns the singular values of a matrix.
   *
   * @param matrix {@code rows × columns}, row-major, not changed
   * @param rows at least 1
   * @param columns at least 1
   * @return min(rows, columns) values, descending
   */
  double[] singularValues(double[] matrix, int rows, int columns);

  /**
   * Returns the moduli of the eigenvalues of a square matrix; the first is the spectral radius.
   *
   * @param matrix {@code size × size}, row-major, not changed
   * @param size at least 1
   * @return {@code size} values, descending
   */
  double[] eigenvalueModuli(double[] matrix, int size);

  /**
   * Returns the orthogonal factor Q of the thin QR decomposition whose R has a non-negative
   * diagonal.
   *
   * @param matrix {@code rows × columns} with rows ≥ columns, row-major, not changed
   * @param rows at least columns
   * @param columns at least 1
   * @return Q, {@code rows × columns}, row-major
   */
  double[] orthogonalFactor(double[] matrix, int rows, int columns);
}
