package org.recur4j.api.reference;

import org.recur4j.api.tensor.DataType;

/**
 * The largest allowed difference between a backend and the reference: the bounds of the conformance
 * kit, calibrated once and the same for every backend. Every element of a tensor is within {@code
 * bound · max(1, largest absolute reference value of the tensor)}, on sequences of up to 17 steps.
 */
public final class AllowedError {
  private AllowedError() {}

  /**
   * Returns the bound of outputs and states.
   *
   * @param type the floating type in which the backend computes
   * @return 5e-6 for FLOAT32, 1e-10 for FLOAT64
   */
  public static double forward(DataType type) {
    return type == DataType.FLOAT64 ? 1e-10 : 5e-6;
  }

  /**
   * Returns the bound of gradients.
   *
   * @param type the floating type in which the backend computes
   * @return 2e-5 for FLOAT32, 1e-10 for FLOAT64
   */
  public static double gradient(DataType type) {
    return type == DataType.FLOAT64 ? 1e-10 : 2e-5;
  }
}
