package org.recur4j.models.parity;

/** Half of a training step. */
public enum ParityPhase {
  /** From the inputs to the loss. */
  FORWARD,
  /** From the loss back to the gradients. */
  BACKWARD
}
