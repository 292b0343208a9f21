package org.recur4j.backend.ejml.vector;

/**
 * The number of accumulators that a vector tile keeps in registers. The choice is fixed by
 * measurement; the candidates give the same bits (figures in docs/performance.md).
 */
enum TileShape {
  /**
   * Sixteen accumulators, four vectors of B and one of A, for processors with 32 vector registers.
   */
  FOUR_BY_FOUR("4 × 4"),
  /** Eight accumulators, for processors with 16 vector registers. */
  FOUR_BY_TWO("4 × 2");

  private final String label;

  TileShape(String label) {
    this.label = label;
  }

  /**
   * Returns the shape for a processor. AVX-512 and 64-bit ARM have 32 vector registers, AVX2 and
   * SSE 16.
   *
   * @param architecture the value of the system property os.arch
   * @param bits the number of bits of a vector
   */
  static TileShape of(String architecture, int bits) {
    return bits >= 512 || architecture.equals("aarch64") ? FOUR_BY_FOUR : FOUR_BY_TWO;
  }

  @Override
  public String toString() {
    return label;
  }
}
