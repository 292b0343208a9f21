package org.recur4j.models.architecture;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/** How a bidirectional layer makes one output of its two directions' (Keras: merge_mode). */
public enum Merge {
  /** The forward features, then the reverse features: 2·H. */
  CONCATENATE,
  /** forward + reverse: H. */
  SUM,
  /** (forward + reverse) / 2: H. */
  AVERAGE,
  /** forward · reverse, elementwise: H. */
  MULTIPLY;

  /**
   * Features of the merged output.
   *
   * @param hiddenSize H of one direction
   * @return H or 2·H
   */
  public int outputSize(int hiddenSize) {
    return this == CONCATENATE ? 2 * hiddenSize : hiddenSize;
  }

  /**
   * Merges along the last axis; differentiable.
   *
   * @param ops the mathematics
   * @param forward {@code [N…, H]}
   * @param reverse {@code [N…, H]}
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
