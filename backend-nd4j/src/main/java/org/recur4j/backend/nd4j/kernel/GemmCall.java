package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.error.ShapeException;
import org.recur4j.api.spi.BlockTask;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.Blas;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/**
 * A matrix product, divided along the longer side of C into blocks whose size depends only on the
 * shape of the product, because the rounding of OpenBLAS depends on the block size.
 */
final class GemmCall implements BlockTask {
  /** The number of multiplications below which a second thread is of no use. */
  private static final long LEAST_WORK = 1_000_000;

  /**
   * The number of rows or columns of C per block; OpenBLAS is within a few percent of its best from
   * this size on.
   */
  private static final int BLOCK = 256;

  private final ScratchPool<Chunks> pool;
  private boolean transposeA;
  private boolean transposeB;
  private int m;
  private int n;
  private int k;
  private float alpha;
  private float beta;
  private long a;
  private long b;
  private long c;

  GemmCall(ScratchPool<Chunks> pool) {
    this.pool = pool;
  }

  /**
   * Multiplies matrices of the last two axes of each operand; {@code entry} is the index of the
   * axis before them.
   */
  void run(
      boolean transposedA,
      boolean transposedB,
      double alphaFactor,
      Tensor left,
      Tensor right,
      double betaFactor,
      Tensor result,
      int entry,
      Workers workers) {
    transposeA = transposedA;
    transposeB = transposedB;
    m = result.extent(-2);
    n = result.extent(-1);
    k = left.extent(transposedA ? -2 : -1);
    alpha = (float) alphaFactor;
    beta = (float) betaFactor;
    a = NativeStorage.address(left) + 4L * entry * m * k;
    b = NativeStorage.address(right) + 4L * entry * k * n;
    c = NativeStorage.address(result) + 4L * entry * m * n;
    requireFit(left, right, entry, transposedA, transposedB);
    boolean small = (long) m * n * k < LEAST_WORK;
    workers.run(small ? 1 : (Math.max(m, n) + BLOCK - 1) / BLOCK, this);
  }

  /** Validates the operands, because OpenBLAS does not check bounds. */
  private void requireFit(Tensor left, Tensor right, int entry, boolean flipA, boolean flipB) {
    boolean fits =
        left.extent(flipA ? -1 : -2) == m
            && right.extent(flipB ? -1 : -2) == k
            && right.extent(flipB ? -2 : -1) == n
            && (long) left.size() >= (entry + 1L) * m * k
            && (long) right.size() >= (entry + 1L) * k * n;
    if (!fits) {
      throw new ShapeException(
          "gemm into " + m + " × " + n,
          left.shape()
              + (flipA ? " transposed" : "")
              + " times "
              + right.shape()
              + (flipB ? " transposed" : ""),
          "shapes [" + m + ", k] and [k, " + n + "]",
          "Check the operands and the transpose flags");
    }
  }

  @Override
  public void run(int block) {
    boolean small = (long) m * n * k < LEAST_WORK;
    boolean byRows = m >= n;
    int from = small ? 0 : block * BLOCK;
    int to = small ? Math.max(m, n) : Math.min(from + BLOCK, Math.max(m, n));
    Chunks scratch = pool.take();
    if (byRows) {
      multiply(scratch.blas, from, to - from, 0, n);
    } else {
      multiply(scratch.blas, 0, m, from, to - from);
    }
    pool.give(scratch);
  }

  private void multiply(Blas blas, int row, int rows, int column, int columns) {
    int lda = transposeA ? m : k;
    int ldb = transposeB ? k : n;
    long startA = a + 4L * row * (transposeA ? 1 : lda);
    long startB = b + 4L * column * (transposeB ? ldb : 1);
    long startC = c + 4L * ((long) row * n + column);
    if (n == 1) {
      blas.multiply(
          transposeA,
          transposeA ? k : rows,
          transposeA ? rows : k,
          alpha,
          startA,
          lda,
          b,
          1,
          beta,
          startC,
          1);
    } else if (m == 1) {
      // Cᵀ = op(B)ᵀ·Aᵀ is also a product of a matrix and a vector.
      blas.multiply(
          !transposeB,
          transposeB ? columns : k,
          transposeB ? k : columns,
          alpha,
          startB,
          ldb,
          a,
          1,
          beta,
          startC,
          1);
    } else {
      blas.multiply(
          transposeA,
          transposeB,
          rows,
          columns,
          k,
          alpha,
          startA,
          lda,
          startB,
          ldb,
          beta,
          startC,
          n);
    }
  }
}
