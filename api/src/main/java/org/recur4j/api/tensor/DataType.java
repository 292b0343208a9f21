package org.recur4j.api.tensor;

/** The element types of tensors. */
public enum DataType {
  /** IEEE 754 binary32, for activations, weights and gradients on every backend. */
  FLOAT32(4),
  /** IEEE 754 binary64, for gradient checks, on backends that list it in their info. */
  FLOAT64(8),
  /** Two's complement 32-bit integers, for indices, labels and lengths. */
  INT32(4);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the size of one element.
   *
   * @return bytes per element
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns whether elements are floating-point numbers.
   *
   * @return true for {@link #FLOAT32} and {@link #FLOAT64}
   */
  public boolean isFloating() {
    return this != INT32;
  }
}
