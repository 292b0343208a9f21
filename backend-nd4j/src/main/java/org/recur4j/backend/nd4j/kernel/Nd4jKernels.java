package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.spi.Workers;

/** The kernels of the backend, one interface per family. Thread-safe. */
public final class Nd4jKernels
    implements Kernels,
        Nd4jProducts,
        Nd4jElementwise,
        Nd4jIndexing,
        Nd4jReductions,
        Nd4jLosses,
        Nd4jOptimizers {
  private final KernelContext context;

  /** Creates kernels that run on the given threads. */
  public Nd4jKernels(Workers workers) {
    this.context = new KernelContext(workers);
  }

  @Override
  public KernelContext context() {
    return context;
  }
}
