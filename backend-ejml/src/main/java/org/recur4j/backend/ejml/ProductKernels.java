package org.recur4j.backend.ejml;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Products;
import org.recur4j.api.spi.DoubleArithmetic;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Matrix products, and the scratch and threads that all families of kernels share. */
abstract class ProductKernels implements Products {
  final Workers workers;
  final ScratchPool<KernelScratch> scratchPool;

  /** FLOAT64 goes here; it serves gradient checks. */
  final DoubleArithmetic doubles = new DoubleArithmetic(HeapStorage.ARRAYS);

  private final ScratchPool<GemmCall> calls;

  ProductKernels(Workers workers, FloatEngine engine) {
    this.workers = workers;
    this.scratchPool = new ScratchPool<>(() -> new KernelScratch(engine));
    this.calls = new ScratchPool<>(() -> new GemmCall(scratchPool));
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
    if (!isSingle("gemm", c)) {
      doubles.gemm(transposeA, transposeB, alpha, a, b, beta, c);
      return;
    }
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
    if (!isSingle("batchedGemm", c)) {
      doubles.batchedGemm(transposeA, transposeB, alpha, a, b, beta, c);
      return;
    }
    GemmCall call = calls.take();
    for (int entry = 0; entry < c.extent(0); entry++) {
      call.run(transposeA, transposeB, alpha, a, b, beta, c, entry, workers);
    }
    calls.give(call);
  }

  /** True for FLOAT32, false for FLOAT64; integers are refused. */
  static boolean isSingle(String kernel, Tensor tensor) {
    DataType type = tensor.dataType();
    if (!type.isFloating()) {
      throw new InvalidArgumentException(
          kernel,
          tensor.toString(),
          "a floating type",
          "Use FLOAT32 or FLOAT64; integers are for indices and lengths");
    }
    return type == DataType.FLOAT32;
  }
}
