package org.recur4j.api.kernel;

/** Elementwise functions of one operand that are not activations. */
public enum Unary {
  /** −x. */
  NEGATE,
  /** |x|. */
  ABSOLUTE,
  /** −1, 0 or 1. */
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
