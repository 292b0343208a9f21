package org.recur4j.api.recurrent;

/**
 * The precision of the operands of products; sums are accumulated in at least the tensor's data
 * type.
 */
public enum Precision {
  /** The tensor's own data type. */
  FULL,
  /** Operands with a 10-bit mantissa, on devices that support it. */
  TF32,
  /** Operands in bfloat16. */
  BF16,
  /** Weights quantized to 8 bits, for inference only. */
  INT8
}
