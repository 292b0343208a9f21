package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUfunction;

/**
 * A kernel on the device.
 *
 * @param name as in the sources
 * @param function its handle
 * @param argumentBytes size of the struct it takes
 */
public record Kernel(String name, CUfunction function, int argumentBytes) {}
