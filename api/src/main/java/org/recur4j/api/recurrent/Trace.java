package org.recur4j.api.recurrent;

/**
 * The quantities that a pass in mode {@link Mode#TRACING} can return. All have shape {@code [T, B,
 * D, ·]} and are exactly 0 past a row's length.
 */
public enum Trace {
  /** Activated gates {@code [T, B, D, G·H]}, blocks in the stored gate order. */
  GATES,
  /** LSTM cell states {@code [T, B, D, H]}. */
  CELL_STATES,
  /**
   * Gradients of the hidden states, ∂L/∂h_t {@code [T, B, D, H]}, including the part through later
   * steps; available after backward.
   */
  STATE_GRADIENTS
}
