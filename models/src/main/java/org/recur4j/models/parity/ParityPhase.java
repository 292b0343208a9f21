package org.recur4j.models.parity;

/** One half of a training step. */
public enum ParityPhase {
  /** The forward pass, from the inputs to the loss. */
  FORWARD,
  /** The backward pass, from the loss to the gradients. */
  BACKWARD
}
