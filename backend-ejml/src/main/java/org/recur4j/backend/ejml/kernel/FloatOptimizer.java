package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.kernel.Optimizers.Adam;
import org.recur4j.api.kernel.Optimizers.RmsProp;
import org.recur4j.api.kernel.Optimizers.Sgd;

/**
 * Aligns a parameter, its gradient and its state for {@link FloatUpdates}: uses the arrays directly
 * if the offsets are equal, else copies through scratch. Used by one thread at a time.
 */
final class FloatOptimizer {
  private static final int CHUNK = 1024;

  private final float[] s0 = new float[CHUNK];
  private final float[] s1 = new float[CHUNK];
  private final float[] s2 = new float[CHUNK];
  private final float[] s3 = new float[CHUNK];

  /**
   * Updates a parameter; {@code settings} is an Sgd, RmsProp or Adam, and the states it does not
   * have are null.
   */
  void update(
      Record settings,
      long step,
      float rate,
      float scale,
      float[] g,
      int go,
      float[] first,
      int firstOffset,
      float[] second,
      int secondOffset,
      float[] p,
      int po,
      int n) {
    boolean aligned =
        go == po && (first == null || firstOffset == po) && (second == null || secondOffset == po);
    if (aligned) {
      // In chunks, because an update may be two loops: the second finds its arrays in the cache.
      for (int i = po; i < po + n; i += CHUNK) {
        apply(settings, step, rate, scale, g, first, second, p, i, Math.min(po + n, i + CHUNK));
      }
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
      float rate,
      float scale,
      float[] g,
      float[] first,
      float[] second,
      float[] p,
      int from,
      int to) {
    if (settings instanceof Adam adam) {
      FloatUpdates.adam(adam, step, rate, scale, g, first, second, p, from, to);
    } else if (settings instanceof RmsProp rmsProp) {
      FloatUpdates.rmsProp(rmsProp, rate, scale, g, first, p, from, to);
    } else {
      FloatUpdates.sgd((Sgd) settings, rate, scale, g, first, p, from, to);
    }
  }
}
