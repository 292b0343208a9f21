package org.recur4j.models.architecture;

/** The reduction of a sequence to one vector. A sequence of length 0 always yields zeros. */
public enum Pooling {
  /**
   * The last state: that of the forward cell after the row's last step, and that of the reverse
   * cell after the row's first step.
   */
  LAST,
  /** The mean over the row's steps. */
  MEAN,
  /** The maximum of each feature over the row's steps; equal maxima share the gradient. */
  MAX,
  /**
   * An average with learned weights: softmax over the row's steps of v · tanh(W h_t + b), W square
   * (Yang et al., Hierarchical Attention Networks, 2016, equations 5–7).
   */
  ATTENTION
}
