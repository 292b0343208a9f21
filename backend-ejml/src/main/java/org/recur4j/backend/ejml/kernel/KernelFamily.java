package org.recur4j.backend.ejml.kernel;

/** A family of kernels, whose methods take threads and scratch from one {@link KernelContext}. */
interface KernelFamily {
  /** Returns the context that all families of a backend share. */
  KernelContext context();
}
