package org.recur4j.examples.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The ceiling by the vector module: ten chains of fused multiply-adds that never leave the
 * registers, enough to fill two units of four cycles' latency.
 */
final class VectorPeak implements PeakProbe {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int TURNS = 100_000;
  private static final int CHAINS = 10;
  private static final long BYTES = 10_000_000;

  /** Numbers of a turn of the reading loop with the widest registers there are. */
  private static final int BLOCK = 512;

  /** Numbers of 64 bytes. */
  private static final int CACHE_LINE = 16;

  private float kept;
  private float[] numbers = {};

  @Override
  public String description() {
    return SPECIES.vectorBitSize() + "-bit registers through jdk.incubator.vector";
  }

  @Override
  public double fusedMultiplyAdds() {
    long begin = System.nanoTime();
    kept = chains(kept % 1);
    return 2.0 * CHAINS * TURNS * SPECIES.length() / (System.nanoTime() - begin);
  }

  private static float chains(float start) {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector c = FloatVector.broadcast(SPECIES, 1e-3f);
    FloatVector v0 = FloatVector.broadcast(SPECIES, start);
    FloatVector v1 = v0.add(1);
    FloatVector v2 = v0.add(2);
    FloatVector v3 = v0.add(3);
    FloatVector v4 = v0.add(4);
    FloatVector v5 = v0.add(5);
    FloatVector v6 = v0.add(6);
    FloatVector v7 = v0.add(7);
    FloatVector v8 = v0.add(8);
    FloatVector v9 = v0.add(9);
    for (int turn = 0; turn < TURNS; turn++) {
      v0 = v0.fma(m, c);
      v1 = v1.fma(m, c);
      v2 = v2.fma(m, c);
      v3 = v3.fma(m, c);
      v4 = v4.fma(m, c);
      v5 = v5.fma(m, c);
      v6 = v6.fma(m, c);
      v7 = v7.fma(m, c);
      v8 = v8.fma(m, c);
      v9 = v9.fma(m, c);
    }
    FloatVector low = v0.add(v1).add(v2).add(v3).add(v4);
    FloatVector high = v5.add(v6).add(v7).add(v8).add(v9);
    return low.add(high).lane(0);
  }

  @Override
  public double readBandwidth(long bytes) {
    int count = Math.toIntExact(bytes / 4 / BLOCK * BLOCK);
    if (numbers.length != count + CACHE_LINE) {
      numbers = new float[count + CACHE_LINE];
    }
    double best = 0;
    // Somewhere in the first cache line the array is aligned, and no load reaches into two lines.
    for (int offset = 0; offset < CACHE_LINE; offset += 2) {
      best = Math.max(best, read(offset, count));
    }
    return best;
  }

  private double read(int offset, int count) {
    long bytes = 4L * count;
    long turns = Math.max(1, BYTES / bytes);
    float sum = 0;
    long begin = System.nanoTime();
    for (long turn = 0; turn < turns; turn++) {
      sum += sum(numbers, offset, count);
    }
    long end = System.nanoTime();
    kept += sum;
    return (double) bytes * turns / (end - begin);
  }

  private static float sum(float[] x, int from, int count) {
    int width = SPECIES.length();
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int i = from; i < from + count; i += 8 * width) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + width));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * width));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * width));
      s4 = s4.add(FloatVector.fromArray(SPECIES, x, i + 4 * width));
      s5 = s5.add(FloatVector.fromArray(SPECIES, x, i + 5 * width));
      s6 = s6.add(FloatVector.fromArray(SPECIES, x, i + 6 * width));
      s7 = s7.add(FloatVector.fromArray(SPECIES, x, i + 7 * width));
    }
    return s0.add(s1).add(s2.add(s3)).add(s4.add(s5)).add(s6.add(s7)).lane(0);
  }
}
