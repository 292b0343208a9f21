package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * The product C = α op(A) op(B) + β C on device addresses, with an optional bias for each column.
 * The fields are set by the holder of the queue; {@link #run} then launches on the queue's stream
 * and resets the optional ones. Extents and leading dimensions fit in 32 bits, as every tensor's
 * size does; strides between entries of a batch have 64 bits.
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

  /**
   * Sets a vector of n elements to add to each row of a single product, or 0 for none. C must then
   * be contiguous, and β must be 0.
   */
  public final Gemm bias(long address) {
    bias = address;
    return this;
  }

  /** Sets the number of products and the strides between their operands, in elements. */
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
   * Computes C += op(A) op(B), where k is the number of rows of a whole sequence and may be too
   * large for one chain of single-precision additions. A is transposed and C contiguous.
   *
   * @param parts address of memory for {@link ChunkSums#partElements} floats
   */
  public abstract void accumulate(int m, int n, int k, long parts);
}
