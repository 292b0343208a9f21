package org.recur4j.backend.nd4j.natives;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Matrix products by OpenBLAS on native addresses, row-major. An instance must be used by one
 * thread at a time.
 */
public final class Blas {
  private final Cursor a = new Cursor();
  private final Cursor b = new Cursor();
  private final Cursor c = new Cursor();

  /**
   * Computes C = α·op(A)·op(B) + β·C, with op(A) [m, k], op(B) [k, n] and C [m, n], whose row
   * strides are {@code lda}, {@code ldb} and {@code ldc}. C is not read if β = 0.
   */
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      long addressA,
      int lda,
      long addressB,
      int ldb,
      float beta,
      long addressC,
      int ldc) {
    cblas_sgemm(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        alpha,
        a.at(addressA),
        lda,
        b.at(addressB),
        ldb,
        beta,
        c.at(addressC),
        ldc);
  }

  /**
   * Computes y = α·op(A)·x + β·y for A [rows, columns]; the strides of x and y are {@code xStep}
   * and {@code yStep}. For a single column, it is ten times as fast as the matrix product.
   */
  public void multiply(
      boolean transposeA,
      int rows,
      int columns,
      float alpha,
      long addressA,
      int lda,
      long x,
      int xStep,
      float beta,
      long y,
      int yStep) {
    cblas_sgemv(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        rows,
        columns,
        alpha,
        a.at(addressA),
        lda,
        b.at(x),
        xStep,
        beta,
        c.at(y),
        yStep);
  }

  /** A pointer that can be set to any address, so that a product allocates no pointer objects. */
  private static final class Cursor extends FloatPointer {
    Cursor() {
      super((Pointer) null);
    }

    Cursor at(long newAddress) {
      address = newAddress;
      return this;
    }
  }
}
