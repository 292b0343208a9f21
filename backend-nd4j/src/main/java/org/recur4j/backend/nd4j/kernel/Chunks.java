package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.backend.nd4j.natives.Blas;

/**
 * Heap arrays into which kernels copy chunks of native memory. Loops over arrays are vectorized and
 * loops over buffers are not; the factor of four outweighs the cost of two copies through the
 * first-level cache (docs/decisions/0008-nd4j.md). An instance must be used by one thread.
 */
final class Chunks {
  /** The size of an array; four arrays fit in the first-level cache. */
  static final int SIZE = 1024;

  final float[] a = new float[SIZE];
  final float[] b = new float[SIZE];
  final float[] c = new float[SIZE];
  final float[] d = new float[SIZE];
  final double[] powers = new double[SIZE];
  final BroadcastRuns broadcast = new BroadcastRuns();
  final Blas blas = new Blas();
}
