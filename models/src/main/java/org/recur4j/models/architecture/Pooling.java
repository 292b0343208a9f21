package org.recur4j.models.architecture;

/** The reduction of a sequence to one vector. A sequence of length 0 always yields zeros. */
public enum Pooling {
  /**
   * The last state of each direction: the forward cell's after the row's last step, the reverse
   * cell's after the row's first, so that both have read the whole row. This is PyTorch's {@code
   * h_n}. Dense layers and normalization between the recurrent layer and the answer apply to that
   * state.
   */
  LAST,
  /**
   * The output at the row's last step, of all directions: the forward cell's after the whole row,
   * the reverse cell's after that one step alone. This is PyTorch's {@code output[:, -1]} of rows
   * without padding. For forward layers it is the same as {@link #LAST}; for a bidirectional layer
   * it leaves out most of what the reverse cell has read, and is there for models that were trained
   * so.
   */
  LAST_STEP,
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
