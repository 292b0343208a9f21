package org.recur4j.api.kernel;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * An activation function, by its ONNX name and parameters. All are monotone, so that the derivative
 * is a function of the output and backward needs only the output.
 *
 * @param kind the function
 * @param alpha α, or 0 if the function has none
 * @param beta β, or 0 if the function has none
 */
public record Activation(Kind kind, double alpha, double beta) {
  /** The functions, as the ONNX operators RNN, GRU and LSTM define them. */
  public enum Kind {
    /** y = tanh x. */
    TANH,
    /** y = 1 / (1 + e⁻ˣ). */
    SIGMOID,
    /** y = max(0, x); derivative 0 at 0. */
    RELU,
    /** y = x. */
    IDENTITY,
    /** y = α x + β. */
    AFFINE,
    /** y = x for x ≥ 0, else α x; α &gt; 0. */
    LEAKY_RELU,
    /** y = x for x &gt; α, else 0; α ≥ 0. */
    THRESHOLDED_RELU,
    /** y = α tanh(β x); α, β ≠ 0. */
    SCALED_TANH,
    /** y = min(max(α x + β, 0), 1); α &gt; 0. */
    HARD_SIGMOID,
    /** y = x for x ≥ 0, else α (eˣ − 1); α &gt; 0. */
    ELU,
    /** y = x / (1 + |x|). */
    SOFTSIGN,
    /** y = ln(1 + eˣ). */
    SOFTPLUS
  }

  /** The hyperbolic tangent, tanh x. */
  public static final Activation TANH = new Activation(Kind.TANH, 0, 0);

  /** The logistic function, 1 / (1 + e⁻ˣ). */
  public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0, 0);

  /** The rectifier, max(0, x). */
  public static final Activation RELU = new Activation(Kind.RELU, 0, 0);

  /** The identity, x. */
  public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0, 0);

  /** The softsign function, x / (1 + |x|). */
  public static final Activation SOFTSIGN = new Activation(Kind.SOFTSIGN, 0, 0);

  /** The softplus function, ln(1 + eˣ). */
  public static final Activation SOFTPLUS = new Activation(Kind.SOFTPLUS, 0, 0);

  /** Checks the parameters. */
  public Activation {
    boolean valid =
        switch (kind) {
          case LEAKY_RELU, ELU, HARD_SIGMOID -> alpha > 0;
          case THRESHOLDED_RELU -> alpha >= 0;
          case SCALED_TANH -> alpha != 0 && beta != 0;
          default -> true;
        };
    if (!valid || !Double.isFinite(alpha) || !Double.isFinite(beta)) {
      throw new InvalidArgumentException(
          "Activation " + kind,
          "alpha " + alpha + ", beta " + beta,
          "parameters for which the function is monotone",
          "See the table in Activation.Kind");
    }
  }

  /**
   * Returns the value of the function in double precision, the definition that kernels are tested
   * against.
   *
   * @param x any number
   * @return the activated value
   */
  public double apply(double x) {
    return switch (kind) {
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case RELU -> x > 0 || Double.isNaN(x) ? x : 0;
      case IDENTITY -> x;
      case AFFINE -> alpha * x + beta;
      case LEAKY_RELU -> x >= 0 ? x : alpha * x;
      case THRESHOLDED_RELU -> x > alpha || Double.isNaN(x) ? x : 0;
      case SCALED_TANH -> alpha * Math.tanh(beta * x);
      case HARD_SIGMOID -> Math.min(Math.max(alpha * x + beta, 0), 1);
      case ELU -> x >= 0 ? x : alpha * Math.expm1(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    };
  }

  /**
   * Returns the derivative with respect to x, computed from y = f(x).
   *
   * @param y an output of this function
   * @return f′(x)
   */
  public double derivativeFromOutput(double y) {
    return switch (kind) {
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
      case RELU, THRESHOLDED_RELU -> y > 0 ? 1 : 0;
      case IDENTITY -> 1;
      case AFFINE -> alpha;
      case LEAKY_RELU -> y >= 0 ? 1 : alpha;
      case SCALED_TANH -> beta * (alpha - y * y / alpha);
      case HARD_SIGMOID -> y > 0 && y < 1 ? alpha : 0;
      case ELU -> y >= 0 ? 1 : y + alpha;
      case SOFTSIGN -> (1 - Math.abs(y)) * (1 - Math.abs(y));
      case SOFTPLUS -> -Math.expm1(-y);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AFFINE, SCALED_TANH, HARD_SIGMOID -> kind + "(" + alpha + ", " + beta + ")";
      case LEAKY_RELU, THRESHOLDED_RELU, ELU -> kind + "(" + alpha + ")";
      default -> kind.toString();
    };
  }
}
