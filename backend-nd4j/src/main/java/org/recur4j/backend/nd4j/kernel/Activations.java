package org.recur4j.backend.nd4j.kernel;

/**
 * Float activations as loops that the compiler vectorizes; {@code Math.tanh} would take a hundred
 * times as long.
 *
 * <p>{@code tanh x = x·P(x²)/Q(x²)} on [−8.4, 8.4]; beyond, x is clamped, because float tanh is ±1
 * there. P and Q, of degrees 5 and 3, are this library's own fit. The backend ejml uses the same
 * one, so that models yield the same results on both. The function is odd, accurate to the last
 * bits for small x, and NaN for NaN. {@code sigmoid x = ½ + ½·tanh(½x)}, which is exactly 0 and 1
 * for large magnitudes.
 */
public final class Activations {
  /** The upper bound of the absolute and of the relative error of {@link #tanh}. */
  static final double TANH_ERROR = 3.6e-7;

  /** The upper bound of the absolute error of {@link #sigmoid}. */
  static final double SIGMOID_ERROR = 1.9e-7;

  private static final float CLAMP = 8.4f;
  private static final float P0 = 1.0548836f;
  private static final float P1 = 0.13666937f;
  private static final float P2 = 0.0031228508f;
  private static final float P3 = 0.000010163744f;
  private static final float P4 = -1.4676052e-8f;
  private static final float P5 = 2.2421539e-11f;
  private static final float Q0 = 1.0548836f;
  private static final float Q1 = 0.48829696f;
  private static final float Q2 = 0.025237774f;
  private static final float Q3 = 0.0002464345f;

  private Activations() {}

  /** Replaces the first n elements by their hyperbolic tangents. */
  public static void tanh(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      float v = Math.max(-CLAMP, Math.min(CLAMP, x[j]));
      float u = v * v;
      float p = v * (P0 + u * (P1 + u * (P2 + u * (P3 + u * (P4 + u * P5)))));
      float q = Q0 + u * (Q1 + u * (Q2 + u * Q3));
      x[j] = Math.max(-1f, Math.min(1f, p / q));
    }
  }

  /** Replaces the first n elements by their logistic functions. */
  public static void sigmoid(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      float v = Math.max(-CLAMP, Math.min(CLAMP, 0.5f * x[j]));
      float u = v * v;
      float p = v * (P0 + u * (P1 + u * (P2 + u * (P3 + u * (P4 + u * P5)))));
      float q = Q0 + u * (Q1 + u * (Q2 + u * Q3));
      x[j] = 0.5f + 0.5f * Math.max(-1f, Math.min(1f, p / q));
    }
  }

  /** Replaces the first n elements by max(0, x). */
  public static void rectify(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(0f, x[j]);
    }
  }
}
