package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Optimisers.Adam;
import org.recur4j.api.kernel.Optimisers.RmsProp;
import org.recur4j.api.kernel.Optimisers.Sgd;

/**
 * Brings a parameter, its gradient and its state to one index for {@link DoubleUpdates}: directly
 * where the offsets agree, else through scratch. One instance serves one thread at a time.
 */
final class DoubleOptimiser {
  private static final int CHUNK = 1024;

  private final double[] s0 = new double[CHUNK];
  private final double[] s1 = new double[CHUNK];
  private final double[] s2 = new double[CHUNK];
  private final double[] s3 = new double[CHUNK];

  /** {@code settings} is an Sgd, RmsProp or Adam; the states it does not have are null. */
  void update(
      Record settings,
      long step,
      double rate,
      double scale,
      double[] g,
      int go,
      double[] first,
      int firstOffset,
      double[] second,
      int secondOffset,
      double[] p,
      int po,
      int n) {
    boolean aligned =
        go == po && (first == null || firstOffset == po) && (second == null || secondOffset == po);
    if (aligned) {
      apply(settings, step, rate, scale, g, first, second, p, po, po + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(g, go + i, s0, 0, m);
      System.arraycopy(p, po + i, s3, 0, m);
      if (first != null) {
        System.arraycopy(first, firstOffset + i, s1, 0, m);
      }
      if (second != null) {
        System.arraycopy(second, secondOffset + i, s2, 0, m);
      }
      apply(settings, step, rate, scale, s0, first == null ? null : s1, s2, s3, 0, m);
      if (first != null) {
        System.arraycopy(s1, 0, first, firstOffset + i, m);
      }
      if (second != null) {
        System.arraycopy(s2, 0, second, secondOffset + i, m);
      }
      System.arraycopy(s3, 0, p, po + i, m);
    }
  }

  private static void apply(
      Record settings,
      long step,
      double rate,
      double scale,
      double[] g,
      double[] first,
      double[] second,
      double[] p,
      int from,
      int to) {
    if (settings instanceof Adam adam) {
      DoubleUpdates.adam(adam, step, rate, scale, g, first, second, p, from, to);
    } else if (settings instanceof RmsProp rmsProp) {
      DoubleUpdates.rmsProp(rmsProp, rate, scale, g, first, p, from, to);
    } else {
      DoubleUpdates.sgd((Sgd) settings, rate, scale, g, first, p, from, to);
    }
  }
}
