package org.recur4j.models.architecture;

/** How a sequence is folded into one vector. A sequence without a step gives zeros, always. */
public enum Pooling {
  /**
   * The last state: the forward cell's after the row's last step, the reverse cell's after its
   * first.
   */
  LAST,
  /** The mean over the row's steps. */
  MEAN,
  /** The largest value of each feature; equal ones share the gradient. */
  MAX,
  /**
   * A weighted mean whose weights are learned: softmax over the row's steps of v · tanh(W h_t + b),
   * W square (Yang et al., Hierarchical Attention Networks, 2016, equations 5–7).
   */
  ATTENTION
}
