package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Unary;
import org.recur4j.backend.ejml.array.FloatActivations;

/**
 * Elementwise loops over {@code [from, to)} of arrays that share the index, the form that the JIT
 * compiler vectorizes. {@link FloatRuns} handles operands at other offsets.
 */
final class FloatLoops {
  private FloatLoops() {}

  /** Computes y = αx + βy; if β = 0, y is not read. */
  static void scaleAdd(float alpha, float[] x, float beta, float[] y, int from, int to) {
    if (beta == 0f) {
      for (int j = from; j < to; j++) {
        y[j] = alpha * x[j];
      }
    } else if (alpha == 1f && beta == 1f) {
      for (int j = from; j < to; j++) {
        y[j] = y[j] + x[j];
      }
    } else {
      for (int j = from; j < to; j++) {
        y[j] = alpha * x[j] + beta * y[j];
      }
    }
  }

  static void affine(float alpha, float beta, float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = alpha * x[j] + beta;
    }
  }

  static void addProduct(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = y[j] + a[j] * b[j];
    }
  }

  static void binary(Binary function, float[] a, float[] b, float[] y, int from, int to) {
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

  private static void add(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] + b[j];
    }
  }

  private static void subtract(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] - b[j];
    }
  }

  private static void multiply(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] * b[j];
    }
  }

  private static void divide(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] / b[j];
    }
  }

  private static void maximum(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.max(a[j], b[j]);
    }
  }

  private static void minimum(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.min(a[j], b[j]);
    }
  }

  private static void greaterOrEqual(float[] a, float[] b, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = a[j] >= b[j] ? 1f : 0f;
    }
  }

  static void unary(Unary function, float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      float v = x[j];
      y[j] =
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

  /** Computes y = f(x), in place if y is x. */
  static void activation(Activation function, float[] x, float[] y, int from, int to) {
    switch (function.kind()) {
      case TANH -> {
        move(x, y, from, to);
        FloatActivations.tanh(y, from, to);
      }
      case SIGMOID -> {
        move(x, y, from, to);
        FloatActivations.sigmoid(y, from, to);
      }
      case RELU -> rectify(x, y, from, to);
      case IDENTITY -> move(x, y, from, to);
      case AFFINE -> affine((float) function.alpha(), (float) function.beta(), x, y, from, to);
      default -> {
        for (int j = from; j < to; j++) {
          y[j] = (float) function.apply(x[j]);
        }
      }
    }
  }

  private static void move(float[] x, float[] y, int from, int to) {
    if (x != y) {
      System.arraycopy(x, from, y, from, to - from);
    }
  }

  private static void rectify(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.max(0f, x[j]);
    }
  }

  static void activationGradient(
      Activation function, float[] y, float[] dy, float[] dx, int from, int to) {
    switch (function.kind()) {
      case TANH -> tanhGradient(y, dy, dx, from, to);
      case SIGMOID -> sigmoidGradient(y, dy, dx, from, to);
      case RELU -> rectifyGradient(y, dy, dx, from, to);
      case IDENTITY -> move(dy, dx, from, to);
      default -> {
        for (int j = from; j < to; j++) {
          dx[j] = (float) (dy[j] * function.derivativeFromOutput(y[j]));
        }
      }
    }
  }

  private static void tanhGradient(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = dy[j] * (1f - y[j] * y[j]);
    }
  }

  private static void sigmoidGradient(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = dy[j] * y[j] * (1f - y[j]);
    }
  }

  private static void rectifyGradient(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int j = from; j < to; j++) {
      dx[j] = y[j] > 0f ? dy[j] : 0f;
    }
  }
}
