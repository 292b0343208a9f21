package org.recur4j.backend.ejml;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.recur4j.api.error.BackendException;

/**
 * What diagnostics need of linear algebra, by EJML in double. Matrices are row-major. Allocates
 * freely.
 */
final class EjmlDecompositions {
  /**
   * The thin factorisation A = Q·R.
   *
   * @param a {@code [rows, columns]}, rows ≥ columns
   * @param q {@code [rows, columns]}, overwritten with orthonormal columns
   * @param r {@code [columns, columns]}, overwritten with an upper triangle; signs are EJML's
   */
  void qr(double[] a, int rows, int columns, double[] q, double[] r) {
    QRDecomposition<DMatrixRMaj> solver = DecompositionFactory_DDRM.qr(rows, columns);
    succeed("QR decomposition", solver.decompose(copy(a, rows, columns)), rows, columns);
    System.arraycopy(solver.getQ(null, true).data, 0, q, 0, rows * columns);
    System.arraycopy(solver.getR(null, true).data, 0, r, 0, columns * columns);
  }

  /**
   * Singular values.
   *
   * @param a {@code [rows, columns]}
   * @return min(rows, columns) values, largest first
   */
  double[] singularValues(double[] a, int rows, int columns) {
    SingularValueDecomposition_F64<DMatrixRMaj> solver =
        DecompositionFactory_DDRM.svd(rows, columns, false, false, true);
    succeed(
        "singular value decomposition", solver.decompose(copy(a, rows, columns)), rows, columns);
    double[] values = Arrays.copyOf(solver.getSingularValues(), solver.numberOfSingularValues());
    return descending(values);
  }

  /**
   * Absolute values of the eigenvalues, complex ones included.
   *
   * @param a {@code [n, n]}
   * @return n values, largest first: the first is the spectral radius
   */
  double[] eigenvalueModuli(double[] a, int n) {
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, false);
    succeed("eigenvalue decomposition", solver.decompose(copy(a, n, n)), n, n);
    double[] moduli = new double[n];
    Arrays.setAll(moduli, i -> solver.getEigenvalue(i).getMagnitude());
    return descending(moduli);
  }

  private static DMatrixRMaj copy(double[] a, int rows, int columns) {
    return new DMatrixRMaj(rows, columns, true, Arrays.copyOf(a, rows * columns));
  }

  private static double[] descending(double[] values) {
    Arrays.sort(values);
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      double small = values[i];
      values[i] = values[j];
      values[j] = small;
    }
    return values;
  }

  private static void succeed(String what, boolean found, int rows, int columns) {
    if (!found) {
      throw new BackendException(
          what,
          "a [" + rows + ", " + columns + "] matrix for which EJML's iteration does not converge",
          "a matrix of finite numbers",
          "Look for NaN or infinity in the weights");
    }
  }
}
