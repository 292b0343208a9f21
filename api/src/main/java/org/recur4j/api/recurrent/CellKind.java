package org.recur4j.api.recurrent;

/** The kinds of cells that plans support. */
public enum CellKind {
  /** The vanilla (Elman) cell: h = φ(W_ih x + W_hh h′ + b). */
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
   * Returns the number of blocks of H rows in each weight matrix.
   *
   * @return G
   */
  public int gates() {
    return gates;
  }
}
