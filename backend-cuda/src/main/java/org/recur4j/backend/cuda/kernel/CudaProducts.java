package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;

import org.recur4j.api.kernel.Products;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.CudaStorage;

/** Matrix products. */
interface CudaProducts extends Products {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    requireFloat("gemm", c);
    synchronized (context().queue) {
      operands(transposeA, transposeB, a, b, c, 0);
      int k = a.extent(transposeA ? 0 : 1);
      context().product.run(c.extent(0), c.extent(1), k, alpha, beta);
    }
  }

  @Override
  default void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    requireFloat("batchedGemm", c);
    synchronized (context().queue) {
      operands(transposeA, transposeB, a, b, c, 1);
      context()
          .product
          .batch(c.extent(0), a.shape().inner(0), b.shape().inner(0), c.shape().inner(0));
      int k = a.extent(transposeA ? 1 : 2);
      context().product.run(c.extent(1), c.extent(2), k, alpha, beta);
    }
  }

  private void operands(
      boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c, int firstAxis) {
    context()
        .product
        .left(CudaStorage.address(a), a.extent(firstAxis + 1), transposeA)
        .right(CudaStorage.address(b), b.extent(firstAxis + 1), transposeB)
        .result(CudaStorage.address(c), c.extent(firstAxis + 1));
  }
}
