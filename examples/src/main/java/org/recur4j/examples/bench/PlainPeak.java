package org.recur4j.examples.bench;

/**
 * The ceiling without the vector module: loops that HotSpot's compiler turns into vector
 * instructions by itself. It reaches about nine tenths of what the processor can do, so ratios to
 * it flatter a little.
 */
final class PlainPeak implements PeakProbe {
  private static final int COLUMNS = 1024;
  private static final int TURNS = 2_000;
  private static final int CHAIN = 12;
  private static final long BYTES = 60_000_000;

  private final float[] numbers = new float[COLUMNS];
  private final float[] sums = new float[COLUMNS];
  private float factor = 0.999f;

  @Override
  public String description() {
    return "plain Java, vectorised by the compiler; with --add-modules jdk.incubator.vector the"
        + " ceiling is measured exactly";
  }

  @Override
  public double fusedMultiplyAdds() {
    factor = 0.999f + 1e-6f * (numbers[0] % 1);
    long begin = System.nanoTime();
    for (int turn = 0; turn < TURNS; turn++) {
      chain(numbers, factor, 1e-3f);
    }
    return 2.0 * CHAIN * TURNS * COLUMNS / (System.nanoTime() - begin);
  }

  /** Twelve operations for each load and store; neighbouring elements wait for nobody. */
  private static void chain(float[] y, float m, float c) {
    for (int j = 0; j < y.length; j++) {
      float v = y[j];
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      v = Math.fma(v, m, c);
      y[j] = v;
    }
  }

  @Override
  public double readBandwidth(float[][] rows) {
    long bytes = 4L * rows.length * rows[0].length;
    long turns = Math.max(1, BYTES / bytes);
    long begin = System.nanoTime();
    for (long turn = 0; turn < turns; turn++) {
      for (int r = 0; r < rows.length; r += 8) {
        add(rows, r, sums);
      }
    }
    return (double) bytes * turns / (System.nanoTime() - begin);
  }

  /**
   * Eight loads from the rows for each load and store of the sums, which stay in the nearest cache.
   */
  private static void add(float[][] rows, int r, float[] y) {
    float[] a = rows[r];
    float[] b = rows[r + 1];
    float[] c = rows[r + 2];
    float[] d = rows[r + 3];
    float[] e = rows[r + 4];
    float[] f = rows[r + 5];
    float[] g = rows[r + 6];
    float[] h = rows[r + 7];
    for (int j = 0; j < a.length; j++) {
      y[j] += a[j] + b[j] + c[j] + d[j] + (e[j] + f[j] + g[j] + h[j]);
    }
  }
}
