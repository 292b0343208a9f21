package org.recur4j.backend.nd4j.kernel;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;

/**
 * Elementwise loops over the first n elements of arrays, in a form that the JIT compiler
 * vectorizes.
 */
public final class Loops {
  private Loops() {}

  /** Computes y = αx + βy; y is not read if β = 0. */
  static void scaleAdd(float alpha, float[] x, float beta, float[] y, int n) {
    if (beta == 0f) {
      for (int j = 0; j < n; j++) {
        y[j] = alpha * x[j];
      }
    } else {
      for (int j = 0; j < n; j++) {
        y[j] = alpha * x[j] + beta * y[j];
      }
    }
  }

  static void affine(float alpha, float beta, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      x[j] = alpha * x[j] + beta;
    }
  }

  /** Computes y = y + a·b. */
  public static void addProduct(float[] a, float[] b, float[] y, int n) {
    for (int j = 0; j < n; j++) {
      y[j] = y[j] + a[j] * b[j];
    }
  }

  /** Computes a = f(a, b). */
  static void binary(Binary function, float[] a, float[] b, int n) {
    switch (function) {
      case ADD -> add(a, b, n);
      case SUBTRACT -> subtract(a, b, n);
      case MULTIPLY -> multiply(a, b, n);
      case DIVIDE -> divide(a, b, n);
      case MAXIMUM -> maximum(a, b, n);
      case MINIMUM -> minimum(a, b, n);
      case GREATER_OR_EQUAL -> greaterOrEqual(a, b, n);
    }
  }

  /** Computes a = a + b. */
  public static void add(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = a[j] + b[j];
    }
  }

  private static void subtract(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = a[j] - b[j];
    }
  }

  /** Computes a = a·b. */
  public static void multiply(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = a[j] * b[j];
    }
  }

  private static void divide(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = a[j] / b[j];
    }
  }

  private static void maximum(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = Math.max(a[j], b[j]);
    }
  }

  private static void minimum(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = Math.min(a[j], b[j]);
    }
  }

  private static void greaterOrEqual(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = a[j] >= b[j] ? 1f : 0f;
    }
  }

  static void unary(Unary function, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      float v = x[j];
      x[j] =
          switch (function) {
            case NEGATE -> -v;
            case ABSOLUTE -> Math.abs(v);
            case SIGN -> Math.signum(v);
            case EXPONENTIAL -> (float) Math.exp(v);
            case LOGARITHM -> (float) Math.log(v);
            case SQUARE_ROOT -> (float) Math.sqrt(v);
            case SQUARE -> v * v;
            case RECIPROCAL -> 1f / v;
          };
    }
  }

  /** Computes x = f(x). */
  static void activation(Activation function, float[] x, int n) {
    switch (function.kind()) {
      case TANH -> Activations.tanh(x, n);
      case SIGMOID -> Activations.sigmoid(x, n);
      case RELU -> Activations.rectify(x, n);
      case IDENTITY -> {
        // y = x, so there is nothing to do.
      }
      case AFFINE -> affine((float) function.alpha(), (float) function.beta(), x, n);
      default -> {
        for (int j = 0; j < n; j++) {
          x[j] = (float) function.apply(x[j]);
        }
      }
    }
  }

  /** Computes dx = dy·f′ in place of dy, with f′ from the output y. */
  static void activationGradient(Activation function, float[] y, float[] dy, int n) {
    switch (function.kind()) {
      case TANH -> tanhGradient(y, dy, n);
      case SIGMOID -> sigmoidGradient(y, dy, n);
      case RELU -> rectifyGradient(y, dy, n);
      case IDENTITY -> {
        // dx = dy, so there is nothing to do.
      }
      default -> {
        for (int j = 0; j < n; j++) {
          dy[j] = (float) (dy[j] * function.derivativeFromOutput(y[j]));
        }
      }
    }
  }

  /** Computes dy = dy·(1 − y²). */
  public static void tanhGradient(float[] y, float[] dy, int n) {
    for (int j = 0; j < n; j++) {
      dy[j] = dy[j] * (1f - y[j] * y[j]);
    }
  }

  static void sigmoidGradient(float[] y, float[] dy, int n) {
    for (int j = 0; j < n; j++) {
      dy[j] = dy[j] * y[j] * (1f - y[j]);
    }
  }

  /** Computes dy = dy where y > 0, else 0. */
  public static void rectifyGradient(float[] y, float[] dy, int n) {
    for (int j = 0; j < n; j++) {
      dy[j] = y[j] > 0f ? dy[j] : 0f;
    }
  }
}
