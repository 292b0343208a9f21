package org.recur4j.api.kernel;

/**
 * All kernels of a backend: 33 methods to implement, and the defaults of {@link CellSteps}. A
 * backend that implements them runs every cell and every model through the portable plan.
 * {@linkplain org.recur4j.api.kernel The package} describes the rules common to all kernels.
 *
 * <p>Views and slices along the outermost axis need no kernel: see {@link
 * org.recur4j.api.tensor.Tensor#rows} and {@link org.recur4j.api.tensor.Tensor#view}.
 */
public interface Kernels extends Products, CellSteps, Indexing, Reductions, Losses, Optimizers {}
