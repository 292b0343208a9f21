package org.recur4j.api.recurrent;

/** Where a GRU applies its reset gate. */
public enum ResetVariant {
  /** n = φ(W_in x + b_in + r·(W_hn h′ + b_hn)): PyTorch, cuDNN, ONNX linear_before_reset = 1. */
  AFTER_PRODUCT,
  /** n = φ(W_in x + b_in + W_hn (r·h′) + b_hn): Cho et al. 2014, ONNX linear_before_reset = 0. */
  BEFORE_PRODUCT
}
