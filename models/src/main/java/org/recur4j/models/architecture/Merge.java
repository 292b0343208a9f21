package org.recur4j.models.architecture;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/**
 * The way in which a bidirectional layer merges the outputs of its two directions (Keras:
 * merge_mode).
 */
public enum Merge {
  /** The forward features followed by the reverse features, 2·H. */
  CONCATENATE,
  /** The sum, forward + reverse, H. */
  SUM,
  /** The average, (forward + reverse) / 2, H. */
  AVERAGE,
  /** The elementwise product, forward · reverse, H. */
  MULTIPLY;

  /**
   * Returns the size of the merged output.
   *
   * @param hiddenSize H of one direction
   * @return H or 2·H
   */
  public int outputSize(int hiddenSize) {
    return this == CONCATENATE ? 2 * hiddenSize : hiddenSize;
  }

  /**
   * Merges two outputs along the last axis. Differentiable.
   *
   * @param ops operations to compute with
   * @param forward output of the forward direction, {@code [N…, H]}
   * @param reverse output of the reverse direction, {@code [N…, H]}
   * @return {@code [N…, H]} or {@code [N…, 2·H]}
   */
  public Tensor apply(Ops ops, Tensor forward, Tensor reverse) {
    return switch (this) {
      case CONCATENATE -> ops.concatenate(-1, forward, reverse);
      case SUM -> ops.add(forward, reverse);
      case AVERAGE -> ops.affine(0.5, ops.add(forward, reverse), 0);
      case MULTIPLY -> ops.multiply(forward, reverse);
    };
  }
}
