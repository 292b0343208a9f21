package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.backend.nd4j.natives.Blas;

/**
 * Heap arrays through which kernels see native memory, chunk by chunk. Loops over arrays become
 * vector instructions and loops over buffers do not, a factor of four that two copies through the
 * first-level cache are well worth (docs/decisions/0008-nd4j.md). One instance serves one thread.
 */
final class Chunks {
  /** Four arrays of it fit the first-level cache. */
  static final int SIZE = 1024;

  final float[] a = new float[SIZE];
  final float[] b = new float[SIZE];
  final float[] c = new float[SIZE];
  final float[] d = new float[SIZE];
  final double[] powers = new double[SIZE];
  final BroadcastRuns broadcast = new BroadcastRuns();
  final Blas blas = new Blas();
}
