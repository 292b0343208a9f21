package org.recur4j.backend.ejml.kernel;

import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;

/**
 * Elementwise operations on runs of n elements at any offsets. If the offsets are equal, the arrays
 * are used directly, else through this object's scratch, chunk by chunk: two copies through the
 * first-level cache cost less than a scalar loop. Used by one thread at a time.
 */
final class FloatRuns {
  private static final int CHUNK = 1024;

  private final float[] s0 = new float[CHUNK];
  private final float[] s1 = new float[CHUNK];
  private final float[] s2 = new float[CHUNK];

  void scaleAdd(float alpha, float[] x, int xo, float beta, float[] y, int yo, int n) {
    if (xo == yo) {
      FloatLoops.scaleAdd(alpha, x, beta, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      if (beta != 0f) {
        System.arraycopy(y, yo + i, s1, 0, m);
      }
      FloatLoops.scaleAdd(alpha, s0, beta, s1, 0, m);
      System.arraycopy(s1, 0, y, yo + i, m);
    }
  }

  /** Adds every row of {@code [rows, n]} to the n elements of y, first row first. */
  void addRows(float[] x, int xo, int rows, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(y, yo + i, s1, 0, m);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(x, xo + row * n + i, s0, 0, m);
        FloatLoops.scaleAdd(1f, s0, 1f, s1, 0, m);
      }
      System.arraycopy(s1, 0, y, yo + i, m);
    }
  }

  void affine(float alpha, float beta, float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      FloatLoops.affine(alpha, beta, x, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      FloatLoops.affine(alpha, beta, s0, s0, 0, m);
      System.arraycopy(s0, 0, y, yo + i, m);
    }
  }

  void unary(Unary function, float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      FloatLoops.unary(function, x, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      FloatLoops.unary(function, s0, s0, 0, m);
      System.arraycopy(s0, 0, y, yo + i, m);
    }
  }

  void activation(Activation function, float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      FloatLoops.activation(function, x, y, xo, xo + n);
    } else if (x != y) {
      // Most activations work in place, so the destination serves as scratch.
      System.arraycopy(x, xo, y, yo, n);
      FloatLoops.activation(function, y, y, yo, yo + n);
    } else {
      for (int i = 0; i < n; i += CHUNK) {
        int m = Math.min(CHUNK, n - i);
        System.arraycopy(x, xo + i, s0, 0, m);
        FloatLoops.activation(function, s0, s0, 0, m);
        System.arraycopy(s0, 0, y, yo + i, m);
      }
    }
  }

  void activationGradient(
      Activation function, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    if (yo == dyo && yo == dxo) {
      FloatLoops.activationGradient(function, y, dy, dx, yo, yo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(y, yo + i, s0, 0, m);
      System.arraycopy(dy, dyo + i, s1, 0, m);
      FloatLoops.activationGradient(function, s0, s1, s1, 0, m);
      System.arraycopy(s1, 0, dx, dxo + i, m);
    }
  }

  /** Computes y = f(a, b); an operand with step 0 repeats one element, with step 1 it advances. */
  void binary(
      Binary function,
      float[] a,
      int ao,
      int aStep,
      float[] b,
      int bo,
      int bStep,
      float[] y,
      int yo,
      int n) {
    if (aStep == 1 && bStep == 1 && ao == bo && ao == yo) {
      FloatLoops.binary(function, a, b, y, yo, yo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      load(a, ao + i * aStep, aStep, s0, m);
      load(b, bo + i * bStep, bStep, s1, m);
      FloatLoops.binary(function, s0, s1, s2, 0, m);
      System.arraycopy(s2, 0, y, yo + i, m);
    }
  }

  private static void load(float[] source, int offset, int step, float[] target, int n) {
    if (step == 1) {
      System.arraycopy(source, offset, target, 0, n);
    } else {
      Arrays.fill(target, 0, n, source[offset]);
    }
  }

  void addProduct(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    if (ao == bo && ao == yo) {
      FloatLoops.addProduct(a, b, y, ao, ao + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(a, ao + i, s0, 0, m);
      System.arraycopy(b, bo + i, s1, 0, m);
      System.arraycopy(y, yo + i, s2, 0, m);
      FloatLoops.addProduct(s0, s1, s2, 0, m);
      System.arraycopy(s2, 0, y, yo + i, m);
    }
  }
}
