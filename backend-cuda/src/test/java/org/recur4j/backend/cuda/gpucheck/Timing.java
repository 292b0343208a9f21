package org.recur4j.backend.cuda.gpucheck;

import java.util.Arrays;

/**
 * Milliseconds a call: the median of samples, each of which is many calls handed over one after
 * another and waited for once. {@code torch_layers.py} does the same, step by step.
 *
 * @param median over the samples
 * @param least over the samples
 * @param samples how many
 * @param calls in each sample
 */
record Timing(double median, double least, int samples, int calls) {
  private static final double WARM = 0.2e9;
  private static final double SAMPLE = 0.04e9;
  private static final double ALL = 1.5e9;
  private static final int MOST_CALLS = 2000;

  /** Times {@code work}; {@code wait} returns when all that was handed over is done. */
  static Timing of(Runnable work, Runnable wait, boolean waited) {
    long begin = System.nanoTime();
    int warm = 0;
    while (warm < 2 || System.nanoTime() - begin < WARM) {
      work.run();
      wait.run();
      warm++;
    }
    double one = (double) (System.nanoTime() - begin) / warm;
    int calls = waited ? 1 : (int) Math.max(1, Math.min(MOST_CALLS, SAMPLE / one));
    int samples = (int) Math.max(3, Math.min(waited ? 1001 : 15, ALL / (one * calls)));
    double[] each = new double[samples];
    for (int i = 0; i < samples; i++) {
      long from = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        work.run();
      }
      wait.run();
      each[i] = (System.nanoTime() - from) / 1e6 / calls;
    }
    Arrays.sort(each);
    return new Timing(each[samples / 2], each[0], samples, calls);
  }
}
