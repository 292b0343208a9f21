package org.recur4j.backend.ejml;

import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;

/**
 * Elementwise operations on runs of n elements at any offsets. Where the offsets agree the arrays
 * are used directly, else through scratch of this object, chunk by chunk: two copies through the
 * first-level cache cost less than a scalar loop. One instance serves one thread at a time.
 */
final class DoubleRuns {
  private static final int CHUNK = 1024;

  private final double[] s0 = new double[CHUNK];
  private final double[] s1 = new double[CHUNK];
  private final double[] s2 = new double[CHUNK];

  void scaleAdd(double alpha, double[] x, int xo, double beta, double[] y, int yo, int n) {
    if (xo == yo) {
      DoubleLoops.scaleAdd(alpha, x, beta, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      if (beta != 0.0) {
        System.arraycopy(y, yo + i, s1, 0, m);
      }
      DoubleLoops.scaleAdd(alpha, s0, beta, s1, 0, m);
      System.arraycopy(s1, 0, y, yo + i, m);
    }
  }

  void affine(double alpha, double beta, double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      DoubleLoops.affine(alpha, beta, x, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      DoubleLoops.affine(alpha, beta, s0, s0, 0, m);
      System.arraycopy(s0, 0, y, yo + i, m);
    }
  }

  void unary(Unary function, double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      DoubleLoops.unary(function, x, y, xo, xo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(x, xo + i, s0, 0, m);
      DoubleLoops.unary(function, s0, s0, 0, m);
      System.arraycopy(s0, 0, y, yo + i, m);
    }
  }

  void activation(Activation function, double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      DoubleLoops.activation(function, x, y, xo, xo + n);
    } else if (x != y) {
      // Most activations work in place, so the destination is scratch enough.
      System.arraycopy(x, xo, y, yo, n);
      DoubleLoops.activation(function, y, y, yo, yo + n);
    } else {
      for (int i = 0; i < n; i += CHUNK) {
        int m = Math.min(CHUNK, n - i);
        System.arraycopy(x, xo + i, s0, 0, m);
        DoubleLoops.activation(function, s0, s0, 0, m);
        System.arraycopy(s0, 0, y, yo + i, m);
      }
    }
  }

  void activationGradient(
      Activation function, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int n) {
    if (yo == dyo && yo == dxo) {
      DoubleLoops.activationGradient(function, y, dy, dx, yo, yo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(y, yo + i, s0, 0, m);
      System.arraycopy(dy, dyo + i, s1, 0, m);
      DoubleLoops.activationGradient(function, s0, s1, s1, 0, m);
      System.arraycopy(s1, 0, dx, dxo + i, m);
    }
  }

  /** An operand with step 0 repeats one element, with step 1 runs along. */
  void binary(
      Binary function,
      double[] a,
      int ao,
      int aStep,
      double[] b,
      int bo,
      int bStep,
      double[] y,
      int yo,
      int n) {
    if (aStep == 1 && bStep == 1 && ao == bo && ao == yo) {
      DoubleLoops.binary(function, a, b, y, yo, yo + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      load(a, ao + i * aStep, aStep, s0, m);
      load(b, bo + i * bStep, bStep, s1, m);
      DoubleLoops.binary(function, s0, s1, s2, 0, m);
      System.arraycopy(s2, 0, y, yo + i, m);
    }
  }

  private static void load(double[] source, int offset, int step, double[] target, int n) {
    if (step == 1) {
      System.arraycopy(source, offset, target, 0, n);
    } else {
      Arrays.fill(target, 0, n, source[offset]);
    }
  }

  void addProduct(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == bo && ao == yo) {
      DoubleLoops.addProduct(a, b, y, ao, ao + n);
      return;
    }
    for (int i = 0; i < n; i += CHUNK) {
      int m = Math.min(CHUNK, n - i);
      System.arraycopy(a, ao + i, s0, 0, m);
      System.arraycopy(b, bo + i, s1, 0, m);
      System.arraycopy(y, yo + i, s2, 0, m);
      DoubleLoops.addProduct(s0, s1, s2, 0, m);
      System.arraycopy(s2, 0, y, yo + i, m);
    }
  }
}
