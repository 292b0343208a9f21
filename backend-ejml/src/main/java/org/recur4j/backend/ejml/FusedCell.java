package org.recur4j.backend.ejml;

/** The cells that have a fused plan here. */
enum FusedCell {
  TANH(1, 1),
  RELU(1, 1),
  LSTM(4, 4),
  /** Planes r, z, n and hn = h' W_hnᵀ + b_hn, the reset gate's partner. */
  GRU_RESET_AFTER(3, 4),
  /** Planes r, z, n and r·h', the left operand of the candidate's product. */
  GRU_RESET_BEFORE(3, 4);

  private final int gates;
  private final int planes;

  FusedCell(int gates, int planes) {
    this.gates = gates;
    this.planes = planes;
  }

  /** Gate blocks of H rows in the weights. */
  int gates() {
    return gates;
  }

  /** Planes kept per step: the gates, and for a GRU one more. */
  int planes() {
    return planes;
  }

  boolean isGru() {
    return this == GRU_RESET_AFTER || this == GRU_RESET_BEFORE;
  }

  boolean hasCellState() {
    return this == LSTM;
  }
}
