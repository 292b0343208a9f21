package org.recur4j.api.recurrent;

/** The place where a GRU applies its reset gate. */
public enum ResetVariant {
  /**
   * Reset after the product, as in PyTorch, cuDNN and ONNX linear_before_reset = 1: n = φ(W_in x +
   * b_in + r·(W_hn h′ + b_hn)).
   */
  AFTER_PRODUCT,
  /**
   * Reset before the product, as in Cho et al. 2014 and ONNX linear_before_reset = 0: n = φ(W_in x
   * + b_in + W_hn (r·h′) + b_hn).
   */
  BEFORE_PRODUCT
}
