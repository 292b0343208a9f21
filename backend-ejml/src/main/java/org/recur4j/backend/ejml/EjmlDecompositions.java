package org.recur4j.backend.ejml;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.error.BackendException;

/**
 * Matrix decompositions for diagnostics, by EJML in double precision. Matrices are row-major. The
 * methods allocate memory.
 */
final class EjmlDecompositions implements Decompositions {
  @Override
  public double[] singularValues(double[] a, int rows, int columns) {
    SingularValueDecomposition_F64<DMatrixRMaj> solver =
        DecompositionFactory_DDRM.svd(rows, columns, false, false, true);
    succeed(
        "singular value decomposition", solver.decompose(copy(a, rows, columns)), rows, columns);
    double[] values = Arrays.copyOf(solver.getSingularValues(), solver.numberOfSingularValues());
    return descending(values);
  }

  @Override
  public double[] eigenvalueModuli(double[] a, int n) {
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, false);
    succeed("eigenvalue decomposition", solver.decompose(copy(a, n, n)), n, n);
    double[] moduli = new double[n];
    Arrays.setAll(moduli, i -> solver.getEigenvalue(i).getMagnitude());
    return descending(moduli);
  }

  @Override
  public double[] orthogonalFactor(double[] a, int rows, int columns) {
    QRDecomposition<DMatrixRMaj> solver = DecompositionFactory_DDRM.qr(rows, columns);
    succeed("QR decomposition", solver.decompose(copy(a, rows, columns)), rows, columns);
    double[] q = solver.getQ(null, true).data;
    double[] r = solver.getR(null, true).data;
    for (int j = 0; j < columns; j++) {
      // The sign of the diagonal is free; fixing it makes the factor unique.
      for (int i = 0; i < rows && r[j * columns + j] < 0; i++) {
        q[i * columns + j] = -q[i * columns + j];
      }
    }
    return q;
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
          "Check the weights for NaN and infinity");
    }
  }
}
