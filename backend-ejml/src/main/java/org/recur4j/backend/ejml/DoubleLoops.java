package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;

/**
 * Elementwise loops over {@code [from, to)} of arrays that share the index, as {@link FloatLoops}
 * for double; transcendental functions are those of {@link Math}.
 */
final class DoubleLoops {
  private DoubleLoops() {}

  /** y = αx + βy; with β = 0 y is not read. */
  static void scaleAdd(double alpha, double[] x, double beta, double[] y, int from, int to) {
    if (beta == 0.0) {
      for (int j = from; j < to; j++) {
        y[j] = alpha * x[j];
      }
    } else if (alpha == 1.0 && beta == 1.0) {
      for (int j = from; j < to; j++) {
        y[j] = y[j] + x[j];
      }
    } else {
      for (int j = from; j < to; j++) {
        y[j] = alpha * x[j] + beta * y[j];
      }
    }
  }

  static void affine(double alpha, double beta, double[] x, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = alpha * x[j] + beta;
    }
  }

  static void addProduct(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = y[j] + a[j] * b[j];
    }
  }

  static void binary(Binary function, double[] a, double[] b, double[] y, int from, int to) {
    switch (function) {
      case ADD -> add(a, b, y, from, to);
      case SUBTRACT -> subtract(a, b, y, from, to);
      case MULTIPLY -> multiply(a, b, y, from, to);
      case DIVIDE -> divide(a, b, y, from, to);
      case MAXIMUM -> maximum(a, b, y, from, to);
      case MINIMUM -> minimum(a, b, y, from, to);
      case GREATER_OR_EQUAL -> greaterOrEqual(a, b, y, from, to);
    }
  }

  private static void add(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] + b[j];
    }
  }

  private static void subtract(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] - b[j];
    }
  }

  private static void multiply(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] * b[j];
    }
  }

  private static void divide(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] / b[j];
    }
  }

  private static void maximum(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.max(a[j], b[j]);
    }
  }

  private static void minimum(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.min(a[j], b[j]);
    }
  }

  private static void greaterOrEqual(double[] a, double[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] >= b[j] ? 1.0 : 0.0;
    }
  }

  static void unary(Unary function, double[] x, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      double v = x[j];
      y[j] =
          switch (function) {
            case NEGATE -> -v;
            case ABSOLUTE -> Math.abs(v);
            case SIGN -> Math.signum(v);
            case EXPONENTIAL -> Math.exp(v);
            case LOGARITHM -> Math.log(v);
            case SQUARE_ROOT -> Math.sqrt(v);
            case SQUARE -> v * v;
            case RECIPROCAL -> 1.0 / v;
          };
    }
  }

  /** In place, except that x may also be another array. */
  static void activation(Activation function, double[] x, double[] y, int from, int to) {
    switch (function.kind()) {
      case RELU -> rectify(x, y, from, to);
      case IDENTITY -> move(x, y, from, to);
      case AFFINE -> affine(function.alpha(), function.beta(), x, y, from, to);
      default -> {
        for (int j = from; j < to; j++) {
          y[j] = function.apply(x[j]);
        }
      }
    }
  }

  private static void move(double[] x, double[] y, int from, int to) {
    if (x != y) {
      System.arraycopy(x, from, y, from, to - from);
    }
  }

  private static void rectify(double[] x, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.max(0.0, x[j]);
    }
  }

  static void activationGradient(
      Activation function, double[] y, double[] dy, double[] dx, int from, int to) {
    switch (function.kind()) {
      case TANH -> tanhGradient(y, dy, dx, from, to);
      case SIGMOID -> sigmoidGradient(y, dy, dx, from, to);
      case RELU -> rectifyGradient(y, dy, dx, from, to);
      case IDENTITY -> move(dy, dx, from, to);
      default -> {
        for (int j = from; j < to; j++) {
          dx[j] = dy[j] * function.derivativeFromOutput(y[j]);
        }
      }
    }
  }

  private static void tanhGradient(double[] y, double[] dy, double[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = dy[j] * (1.0 - y[j] * y[j]);
    }
  }

  private static void sigmoidGradient(double[] y, double[] dy, double[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = dy[j] * y[j] * (1.0 - y[j]);
    }
  }

  private static void rectifyGradient(double[] y, double[] dy, double[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = y[j] > 0.0 ? dy[j] : 0.0;
    }
  }
}
