package org.recur4j.api.kernel;

/**
 * Everything a backend computes, complete: a backend that implements these methods runs every cell
 * and every model through the portable plan. Thread-safe for disjoint destinations; allocates
 * nothing.
 *
 * <p>Views and slices along the outermost axis need no kernel: see {@link
 * org.recur4j.api.tensor.Tensor#rows} and {@link org.recur4j.api.tensor.Tensor#view}.
 */
public interface Kernels extends Products, CellSteps, Indexing, Reductions, Losses, Optimisers {}
