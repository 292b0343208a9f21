/**
 * The backend on native memory and OpenBLAS, both from ND4J's native distribution for CPUs.
 * OpenBLAS computes products on one thread per call; the other kernels are Java loops over small
 * heap copies. The subpackages are internal: {@code sequence} uses {@code kernel}, and both use
 * {@code natives}.
 */
package org.recur4j.backend.nd4j;
