package org.recur4j.backend.nd4j;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Products;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Matrix products by OpenBLAS, and what all families of kernels share. */
abstract class ProductKernels implements Products {
  final Workers workers;
  final ScratchPool<Chunks> pool = new ScratchPool<>(Chunks::new);
  private final ScratchPool<GemmCall> calls = new ScratchPool<>(() -> new GemmCall(pool));

  ProductKernels(Workers workers) {
    this.workers = workers;
  }

  @Override
  public final void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    requireFloats("gemm", c);
    GemmCall call = calls.take();
    call.run(transposeA, transposeB, alpha, a, b, beta, c, 0, workers);
    calls.give(call);
  }

  @Override
  public final void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    requireFloats("batchedGemm", c);
    GemmCall call = calls.take();
    for (int entry = 0; entry < c.extent(0); entry++) {
      call.run(transposeA, transposeB, alpha, a, b, beta, c, entry, workers);
    }
    calls.give(call);
  }

  /** Integers are for indices and lengths. */
  static void requireFloats(String kernel, Tensor tensor) {
    if (tensor.dataType() != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          kernel, tensor.toString(), "a FLOAT32 tensor", "Use FLOAT32 for what is computed with");
    }
  }
}
