package org.recur4j.api.recurrent;

/** The bias vectors of a cell. */
public enum Biases {
  /** No biases. */
  NONE,
  /**
   * Only {@code bias_ih}. A GRU with reset after the product then has no bias on its recurrent part
   * of n.
   */
  SINGLE,
  /** Both {@code bias_ih} and {@code bias_hh}, as in PyTorch and cuDNN. */
  DOUBLE
}
