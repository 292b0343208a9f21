package org.recur4j.api.recurrent;

/** How products round their operands; accumulation is in the tensor's type at least. */
public enum Precision {
  /** The tensor's own type throughout. */
  FULL,
  /** 10-bit mantissa operands on devices that have it. */
  TF32,
  /** bfloat16 operands. */
  BF16,
  /** Weights quantized to 8 bits, inference only. */
  INT8
}
