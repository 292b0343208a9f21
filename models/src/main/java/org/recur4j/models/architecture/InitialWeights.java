package org.recur4j.models.architecture;

/** What fresh weights start from. */
public enum InitialWeights {
  /**
   * Glorot-uniform input weights, orthogonal recurrent weights, zero biases, LSTM forget bias 1.
   */
  STANDARD,
  /** As PyTorch's modules: uniform within ±1/√H, dense layers within ±1/√I. */
  PYTORCH,
  /** All 0; for weights that are read from a file next. */
  ZEROS
}
