package org.recur4j.backend.ejml.vector;

/**
 * How many accumulators a vector tile keeps in registers: a committed choice between measured
 * candidates, which all give the same bits (docs/performance.md has the figures).
 */
enum TileShape {
  /** Needs more than 16 vector registers: sixteen accumulators, four vectors of B, one of A. */
  FOUR_BY_FOUR("4 × 4"),
  /** Eight accumulators, for processors with 16 vector registers. */
  FOUR_BY_TWO("4 × 2");

  private final String label;

  TileShape(String label) {
    this.label = label;
  }

  /**
   * AVX-512 and 64-bit ARM have 32 vector registers, AVX2 and SSE 16.
   *
   * @param architecture the property os.arch
   * @param bits of a vector
   */
  static TileShape of(String architecture, int bits) {
    return bits >= 512 || architecture.equals("aarch64") ? FOUR_BY_FOUR : FOUR_BY_TWO;
  }

  @Override
  public String toString() {
    return label;
  }
}
