package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * C = α op(A) op(B) + β C on addresses, with a bias for each column where there is one. The fields
 * are set by whoever holds the queue; {@link #run} then launches on the queue's stream and forgets
 * what is optional. Extents and leading dimensions fit 32 bits, as every tensor's size does; what
 * lies between entries of a batch is counted in 64.
 */
public abstract class Gemm {
  final LaunchQueue queue;
  long a;
  long b;
  long c;
  int lda;
  int ldb;
  int ldc;
  boolean transposeA;
  boolean transposeB;
  long bias;
  long strideA;
  long strideB;
  long strideC;
  int count = 1;

  Gemm(LaunchQueue queue) {
    this.queue = queue;
  }

  /** Sets A, which is transposed if the flag is set. */
  public final Gemm left(long address, int leading, boolean transpose) {
    a = address;
    lda = leading;
    transposeA = transpose;
    return this;
  }

  /** Sets B, which is transposed if the flag is set. */
  public final Gemm right(long address, int leading, boolean transpose) {
    b = address;
    ldb = leading;
    transposeB = transpose;
    return this;
  }

  /** Sets C. */
  public final Gemm result(long address, int leading) {
    c = address;
    ldc = leading;
    return this;
  }

  /** A vector of n to add to each row of one product, or 0; C has no gaps then, and β is 0. */
  public final Gemm bias(long address) {
    bias = address;
    return this;
  }

  /** Sets the number of products and the elements between their operands. */
  public final Gemm batch(int entries, long left, long right, long result) {
    count = entries;
    strideA = left;
    strideB = right;
    strideC = result;
    return this;
  }

  /** Computes C of m rows and n columns; k is the length of each sum. */
  public final void run(int m, int n, int k, double alpha, double beta) {
    launch(m, n, k, alpha, beta);
    bias = 0;
    strideA = 0;
    strideB = 0;
    strideC = 0;
    count = 1;
  }

  abstract void launch(int m, int n, int k, double alpha, double beta);

  /**
   * C += op(A) op(B) where k counts the rows of a whole sequence: more than one chain of additions
   * in single precision should hold. A's rows are transposed columns, C has no gaps.
   *
   * @param parts room for {@link ChunkSums#partElements} floats
   */
  public abstract void accumulate(int m, int n, int k, long parts);
}
