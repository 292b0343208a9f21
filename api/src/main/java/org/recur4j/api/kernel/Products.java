package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/** Matrix products. Row-major; op(M) is M or its transpose. */
public interface Products {
  /**
   * C = α · op(A) · op(B) + β · C. With β = 0 the old contents of C are not read. C overlaps
   * neither operand.
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
   * The same for every entry of the outermost axis.
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
