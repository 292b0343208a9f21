package org.recur4j.models.initialization;

/**
 * The Q of A = QR by Householder reflections (G. H. Golub, C. F. Van Loan, "Matrix Computations",
 * section 5.2), with signs chosen to make the diagonal of R positive. Without that choice, the Q of
 * a Gaussian A is not uniformly distributed over the orthogonal matrices (F. Mezzadri, "How to
 * generate random matrices from the classical compact groups", 2007).
 *
 * <p>Loops run along rows, because rows are contiguous and each element's sum then has a fixed
 * order, which makes the result bit-equal everywhere.
 */
final class HouseholderQr {
  private HouseholderQr() {}

  /**
   * Computes Q.
   *
   * @param a matrix of rows × columns, row-major; overwritten
   * @param rows number of rows, at least columns
   * @param columns number of columns, at least 1
   * @return matrix of rows × columns with orthonormal columns, row-major
   */
  static double[] orthonormalColumns(double[] a, int rows, int columns) {
    double[] scale = new double[columns];
    double[] sign = new double[columns];
    double[] work = new double[columns];
    for (int k = 0; k < columns; k++) {
      // v = x - alpha·e1 with alpha = -sign(x1)·|x| is written over x; H = I - scale·v·vᵀ maps x to
      // alpha·e1.
      double norm = columnNorm(a, rows, columns, k);
      double head = a[k * columns + k];
      double alpha = head < 0 ? norm : -norm;
      a[k * columns + k] = head - alpha;
      scale[k] = norm == 0 ? 0 : 1 / (norm * (norm + Math.abs(head)));
      sign[k] = alpha < 0 ? -1 : 1;
      reflect(a, scale[k], k, a, k + 1, rows, columns, work);
    }
    double[] q = new double[a.length];
    for (int k = columns - 1; k >= 0; k--) {
      q[k * columns + k] = 1;
      reflect(a, scale[k], k, q, k, rows, columns, work);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        q[i * columns + j] *= sign[j];
      }
    }
    return q;
  }

  private static double columnNorm(double[] a, int rows, int columns, int k) {
    double sum = 0;
    for (int i = k; i < rows; i++) {
      double value = a[i * columns + k];
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /**
   * Computes M := M - scale·v·(vᵀM) on rows k and below, columns from {@code first}, where v is
   * column k of {@code vectors}.
   */
  private static void reflect(
      double[] vectors,
      double scale,
      int k,
      double[] m,
      int first,
      int rows,
      int columns,
      double[] work) {
    for (int j = first; j < columns; j++) {
      work[j] = 0;
    }
    for (int i = k; i < rows; i++) {
      double v = vectors[i * columns + k];
      int row = i * columns;
      for (int j = first; j < columns; j++) {
        work[j] += v * m[row + j];
      }
    }
    for (int i = k; i < rows; i++) {
      double v = scale * vectors[i * columns + k];
      int row = i * columns;
      for (int j = first; j < columns; j++) {
        m[row + j] -= v * work[j];
      }
    }
  }
}
