package org.recur4j.conformance.toy;

import org.recur4j.api.kernel.Kernels;

/** All families together; the cells' steps stay the interface's own chains of primitives. */
final class ToyKernels
    implements Kernels,
        ToyProducts,
        ToyElementwise,
        ToyIndexing,
        ToyReductions,
        ToyLosses,
        ToyOptimizers {}
