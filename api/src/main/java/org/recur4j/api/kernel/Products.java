package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Matrix products of row-major matrices of one floating type; op(M) is M or its transpose. A
 * product may be summed in any order that depends only on the shapes. A zero in one operand does
 * not hide a non-finite element of the other, because 0 · NaN is NaN; A and B may be left unread
 * only if α = 0.
 */
public interface Products {
  /**
   * Computes C = α · op(A) · op(B) + β · C. With β = 0 the old contents of C are not read. C must
   * not share elements with A or B.
   *
   * @param transposeA whether op transposes A
   * @param transposeB whether op transposes B
   * @param alpha α
   * @param a {@code [m, k]}, or {@code [k, m]} if transposed
   * @param b {@code [k, n]}, or {@code [n, k]} if transposed
   * @param beta β
   * @param c {@code [m, n]}
   */
  void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c);

  /**
   * Computes C[n] = α · op(A[n]) · op(B[n]) + β · C[n] for every n. With β = 0 the old contents of
   * C are not read. C must not share elements with A or B.
   *
   * @param transposeA whether op transposes each A
   * @param transposeB whether op transposes each B
   * @param alpha α
   * @param a {@code [N, m, k]}, or {@code [N, k, m]} if transposed
   * @param b {@code [N, k, n]}, or {@code [N, n, k]} if transposed
   * @param beta β
   * @param c {@code [N, m, n]}
   */
  void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c);
}
