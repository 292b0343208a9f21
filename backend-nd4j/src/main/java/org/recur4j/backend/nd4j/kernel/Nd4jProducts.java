package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.kernel.Products;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/** Matrix products by OpenBLAS. */
interface Nd4jProducts extends Products {
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
    NativeStorage.requireFloats("gemm", c);
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
    NativeStorage.requireFloats("batchedGemm", c);
    GemmCall call = context().products.take();
    for (int entry = 0; entry < c.extent(0); entry++) {
      call.run(transposeA, transposeB, alpha, a, b, beta, c, entry, context().workers);
    }
    context().products.give(call);
  }
}
