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
  private static final long BYTES = 60_000_000;

  private float kept;

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
  public double readBandwidth(float[][] rows) {
    long bytes = 4L * rows.length * rows[0].length;
    long turns = Math.max(1, BYTES / bytes);
    float sum = 0;
    long begin = System.nanoTime();
    for (long turn = 0; turn < turns; turn++) {
      for (float[] row : rows) {
        sum += sum(row);
      }
    }
    long end = System.nanoTime();
    kept += sum;
    return (double) bytes * turns / (end - begin);
  }

  private static float sum(float[] row) {
    int width = SPECIES.length();
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int i = 0; i <= row.length - 8 * width; i += 8 * width) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, row, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, row, i + width));
      s2 = s2.add(FloatVector.fromArray(SPECIES, row, i + 2 * width));
      s3 = s3.add(FloatVector.fromArray(SPECIES, row, i + 3 * width));
      s4 = s4.add(FloatVector.fromArray(SPECIES, row, i + 4 * width));
      s5 = s5.add(FloatVector.fromArray(SPECIES, row, i + 5 * width));
      s6 = s6.add(FloatVector.fromArray(SPECIES, row, i + 6 * width));
      s7 = s7.add(FloatVector.fromArray(SPECIES, row, i + 7 * width));
    }
    return s0.add(s1).add(s2.add(s3)).add(s4.add(s5)).add(s6.add(s7)).lane(0);
  }
}
