package org.recur4j.backend.cuda;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Products;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Matrix products, and what all families of kernels share. */
abstract class ProductKernels implements Products {
  final LaunchQueue queue;
  final KernelModule module;
  final MergedAxes axes = new MergedAxes();
  final Gemm product;

  ProductKernels(Device device) {
    this.queue = device.queue();
    this.module = device.module();
    this.product = device.gemm(false);
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
    requireFloat("gemm", c);
    synchronized (queue) {
      operands(transposeA, transposeB, a, b, c, 0);
      int k = a.extent(transposeA ? 0 : 1);
      product.run(c.extent(0), c.extent(1), k, alpha, beta);
    }
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
    requireFloat("batchedGemm", c);
    synchronized (queue) {
      operands(transposeA, transposeB, a, b, c, 1);
      product.batch(c.extent(0), a.shape().inner(0), b.shape().inner(0), c.shape().inner(0));
      int k = a.extent(transposeA ? 1 : 2);
      product.run(c.extent(1), c.extent(2), k, alpha, beta);
    }
  }

  private void operands(
      boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c, int firstAxis) {
    product
        .left(CudaStorage.address(a), a.extent(firstAxis + 1), transposeA)
        .right(CudaStorage.address(b), b.extent(firstAxis + 1), transposeB)
        .result(CudaStorage.address(c), c.extent(firstAxis + 1));
  }

  static void requireFloat(String kernel, Tensor tensor) {
    if (tensor.dataType() != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          kernel,
          tensor.toString(),
          "a FLOAT32 tensor",
          "Integers are for indices and lengths; FLOAT64 runs on the backend ejml");
    }
  }
}
