package org.recur4j.api.kernel;

/** Elementwise functions of two operands. */
public enum Binary {
  /** a + b. */
  ADD,
  /** a − b. */
  SUBTRACT,
  /** a · b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE,
  /** The larger operand; NaN if either is NaN. */
  MAXIMUM,
  /** The smaller operand; NaN if either is NaN. */
  MINIMUM,
  /** 1 if a ≥ b, else 0; the mask in the gradients of maximum, minimum and clamp. */
  GREATER_OR_EQUAL
}
