package org.recur4j.api.recurrent;

/** Which bias vectors a cell has. */
public enum Biases {
  /** None. */
  NONE,
  /** {@code bias_ih} only. For a GRU with reset after the product, hn then has no bias. */
  SINGLE,
  /** {@code bias_ih} and {@code bias_hh}, as PyTorch and cuDNN. */
  DOUBLE
}
