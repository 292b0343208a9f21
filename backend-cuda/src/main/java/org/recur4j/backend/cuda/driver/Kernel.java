package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUfunction;

/**
 * A kernel on the device.
 *
 * @param name name in the sources
 * @param function handle of the kernel
 * @param argumentBytes size of the struct that is its parameter
 */
public record Kernel(String name, CUfunction function, int argumentBytes) {}
