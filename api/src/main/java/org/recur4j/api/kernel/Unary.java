package org.recur4j.api.kernel;

/** Elementwise functions of one operand, other than activations. */
public enum Unary {
  /** −x. */
  NEGATE,
  /** |x|. */
  ABSOLUTE,
  /** The sign of x: −1, 0 or 1. */
  SIGN,
  /** eˣ. */
  EXPONENTIAL,
  /** ln x. */
  LOGARITHM,
  /** √x. */
  SQUARE_ROOT,
  /** x². */
  SQUARE,
  /** 1/x. */
  RECIPROCAL
}
