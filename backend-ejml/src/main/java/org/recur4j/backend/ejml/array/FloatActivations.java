package org.recur4j.backend.ejml.array;

/**
 * The float activations as loops that the JIT compiler vectorizes.
 *
 * <p>{@code tanh x = x·P(x²) / Q(x²)} on [−8.4, 8.4], clamped outside it, where float tanh is 1 to
 * within half a unit in the last place. P has degree 5 and Q degree 3 in x². The coefficients are a
 * least-squares fit, reweighted until the relative error is level (Lawson's method, 3.1e-8 before
 * rounding), then scaled by the common factor that loses least in float arithmetic. The absolute
 * and relative error, measured over every float, are below {@link #TANH_ERROR}. The function is
 * odd, keeps the sign of zero, and is exact to the last bits for tiny x; NaN remains NaN because
 * min and max propagate it.
 *
 * <p>{@code sigmoid x = ½ + ½·tanh(½x)}: the absolute error is below {@link #SIGMOID_ERROR}, and
 * values are exactly 0 and 1 for x of large magnitude. The relative error of a sigmoid near 0 is
 * not bounded.
 */
public final class FloatActivations {
  /** The upper bound of the absolute and relative error of {@link #tanh}. */
  public static final double TANH_ERROR = 3.6e-7;

  /** The upper bound of the absolute error of {@link #sigmoid}. */
  public static final double SIGMOID_ERROR = 1.9e-7;

  private static final float LIMIT = 8.4f;
  public static final float P0 = 1.0548836f;
  public static final float P1 = 0.13666937f;
  public static final float P2 = 0.0031228508f;
  public static final float P3 = 0.000010163744f;
  public static final float P4 = -1.4676052e-8f;
  public static final float P5 = 2.2421539e-11f;
  public static final float Q0 = 1.0548836f;
  public static final float Q1 = 0.48829696f;
  public static final float Q2 = 0.025237774f;
  public static final float Q3 = 0.0002464345f;

  private FloatActivations() {}

  /** Replaces {@code x[from..to)} by its hyperbolic tangent. */
  public static void tanh(float[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      float v = Math.max(-LIMIT, Math.min(LIMIT, x[j]));
      float u = v * v;
      float p = v * (P0 + u * (P1 + u * (P2 + u * (P3 + u * (P4 + u * P5)))));
      float q = Q0 + u * (Q1 + u * (Q2 + u * Q3));
      x[j] = Math.max(-1f, Math.min(1f, p / q));
    }
  }

  /** Replaces {@code x[from..to)} by its logistic function. */
  public static void sigmoid(float[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      float v = Math.max(-LIMIT, Math.min(LIMIT, 0.5f * x[j]));
      float u = v * v;
      float p = v * (P0 + u * (P1 + u * (P2 + u * (P3 + u * (P4 + u * P5)))));
      float q = Q0 + u * (Q1 + u * (Q2 + u * Q3));
      x[j] = 0.5f + 0.5f * Math.max(-1f, Math.min(1f, p / q));
    }
  }
}
