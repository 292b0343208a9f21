package org.recur4j.backend.cuda.kernel;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.product.MatrixProducts;

/**
 * The kernels of the backend, one interface per family. A call returns as soon as its work is
 * queued.
 */
public final class CudaKernels
    implements Kernels,
        CudaProducts,
        CudaElementwise,
        CudaCellSteps,
        CudaIndexing,
        CudaReductions,
        CudaLosses,
        CudaOptimizers,
        AutoCloseable {
  private final KernelContext context;

  /** Looks up the kernels and allocates scratch memory on a device. */
  public CudaKernels(Device device, MatrixProducts products) {
    this.context = new KernelContext(device, products);
  }

  @Override
  public KernelContext context() {
    return context;
  }

  /** Frees the scratch memory on the device. */
  @Override
  public void close() {
    context.close();
  }
}
