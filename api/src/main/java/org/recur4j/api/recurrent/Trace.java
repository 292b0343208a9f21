package org.recur4j.api.recurrent;

/** What a traced pass can show; always {@code [T, B, D, ·]}, exactly 0 past a length. */
public enum Trace {
  /** Activated gates {@code [T, B, D, G·H]}, blocks in the stored gate order. */
  GATES,
  /** LSTM cell states {@code [T, B, D, H]}. */
  CELL_STATES,
  /** ∂L/∂h_t {@code [T, B, D, H]}, the part through later steps included; after backward. */
  STATE_GRADIENTS
}
