package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.ejml.engine.FloatEngine;

/** All kernels on Java arrays. Thread-safe. */
public final class EjmlKernels
    implements Kernels,
        EjmlProducts,
        EjmlElementwise,
        EjmlIndexing,
        EjmlReductions,
        EjmlLosses,
        EjmlOptimizers {
  private final KernelContext context;

  public EjmlKernels(Workers workers, FloatEngine engine) {
    this.context = new KernelContext(workers, engine);
  }

  @Override
  public KernelContext context() {
    return context;
  }
}
