package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import org.recur4j.api.kernel.Products;
import org.recur4j.api.tensor.Tensor;

/** Matrix products; for FLOAT32, packed and divided among threads. */
interface EjmlProducts extends Products, KernelFamily {
  @Override
  default void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    if (!isSingle("gemm", c)) {
      context().doubles.gemm(transposeA, transposeB, alpha, a, b, beta, c);
      return;
    }
    GemmCall call = context().products.take();
    call.run(transposeA, transposeB, alpha, a, b, beta, c, 0, context().workers);
    context().products.give(call);
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
    if (!isSingle("batchedGemm", c)) {
      context().doubles.batchedGemm(transposeA, transposeB, alpha, a, b, beta, c);
      return;
    }
    GemmCall call = context().products.take();
    for (int entry = 0; entry < c.extent(0); entry++) {
      call.run(transposeA, transposeB, alpha, a, b, beta, c, entry, context().workers);
    }
    context().products.give(call);
  }
}
