package org.recur4j.backend.ejml.kernel;

/** A family of kernels that take threads and scratch from a shared {@link KernelContext}. */
interface KernelFamily {
  /** Returns the context, which all families of a backend share. */
  KernelContext context();
}
