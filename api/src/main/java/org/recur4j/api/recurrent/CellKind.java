package org.recur4j.api.recurrent;

/** The three cells that plans know. */
public enum CellKind {
  /** Elman's cell: h = φ(W_ih x + W_hh h′ + b). */
  VANILLA(1),
  /** Long short-term memory; gate rows i, f, g, o. */
  LSTM(4),
  /** Gated recurrent unit; gate rows r, z, n. */
  GRU(3);

  private final int gates;

  CellKind(int gates) {
    this.gates = gates;
  }

  /**
   * Blocks of H rows in each weight matrix.
   *
   * @return G
   */
  public int gates() {
    return gates;
  }
}
