package org.recur4j.api.tensor;

/** The element types a tensor can have. */
public enum DataType {
  /** IEEE 754 binary32: activations, weights and gradients on every backend. */
  FLOAT32(4),
  /** IEEE 754 binary64: gradient checks, on backends that list it in their info. */
  FLOAT64(8),
  /** Two's complement 32-bit integers: indices, labels and lengths. */
  INT32(4);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Size of one element.
   *
   * @return bytes per element
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Whether elements are real numbers.
   *
   * @return true for {@link #FLOAT32} and {@link #FLOAT64}
   */
  public boolean isFloating() {
    return this != INT32;
  }
}
