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

  private final float[] numbers = new float[COLUMNS];
  private float factor = 0.999f;

  @Override
  public String description() {
    return "plain Java, vectorized by the compiler; with --add-modules jdk.incubator.vector the"
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

  /** Twelve operations for each load and store; neighboring elements wait for nobody. */
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

  /** No plain loop reads as fast as memory gives, so that none says what memory gives. */
  @Override
  public double readBandwidth(long bytes) {
    return Double.POSITIVE_INFINITY;
  }
}
