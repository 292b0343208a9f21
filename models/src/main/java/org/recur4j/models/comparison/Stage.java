package org.recur4j.models.comparison;

/** Half of a training step. */
public enum Stage {
  /** From the inputs to the loss. */
  FORWARD,
  /** From the loss back to the gradients. */
  BACKWARD
}
