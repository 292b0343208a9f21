package org.recur4j.api.ops;

/**
 * A function whose {@link #forward} does nothing but call kernels of its call, on inputs and on
 * tensors that the call creates, and whose choice of kernels depends on shapes alone. Such a
 * function may be recorded once, kernel by kernel, and replayed on other numbers; any other
 * function is called again as a whole.
 */
public interface KernelFunction extends Function {}
