package org.recur4j.models.architecture;

/** The initialization of new weights. */
public enum InitialWeights {
  /**
   * Glorot-uniform input weights, orthogonal recurrent weights, zero biases, LSTM forget bias 1.
   */
  STANDARD,
  /** As in PyTorch's modules: uniform within ±1/√H; dense layers within ±1/√I. */
  PYTORCH,
  /** All zeros, for weights that are loaded from a file afterward. */
  ZEROS
}
