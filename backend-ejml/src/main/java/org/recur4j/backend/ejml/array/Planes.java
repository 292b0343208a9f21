package org.recur4j.backend.ejml.array;

/**
 * Elementwise loops over planes, which are arrays that share one index from 0, the form of loop
 * that the JIT compiler vectorizes.
 */
public final class Planes {
  private Planes() {}

  /** Returns the length of a plane of n values, rounded up to whole vectors of any processor. */
  public static int length(int n) {
    return (n + 63) & ~63;
  }

  /** Computes out = a · b; out may be a or b. */
  public static void multiply(float[] a, float[] b, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * b[j];
    }
  }

  /** Computes out = out + a. */
  public static void add(float[] a, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = out[j] + a[j];
    }
  }

  /** Computes out = out + a · b. */
  public static void multiplyAdd(float[] a, float[] b, float[] out, int n) {
    for (int j = 0; j < n; j++) {
      out[j] = out[j] + a[j] * b[j];
    }
  }

  /** Computes x = max(0, x). */
  public static void rectify(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(0f, x[j]);
    }
  }

  /** Computes dx = dy where y > 0, else 0. */
  public static void rectifyGradient(float[] y, float[] dy, float[] dx, int n) {
    for (int j = 0; j < n; j++) {
      dx[j] = y[j] > 0f ? dy[j] : 0f;
    }
  }
}
