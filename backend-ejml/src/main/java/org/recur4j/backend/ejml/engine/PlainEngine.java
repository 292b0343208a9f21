package org.recur4j.backend.ejml.engine;

import org.recur4j.api.recurrent.Precision;

/** The engine in plain Java, with loops that the JIT compiler vectorizes. */
final class PlainEngine implements FloatEngine {
  /**
   * Loops over fewer columns remain scalar, so such a product is computed transposed, with loops
   * over the rows of A.
   */
  private static final int NARROW = 64;

  private final String reason;

  /**
   * @param reason the reason why this engine was chosen, and how to get the faster one
   */
  PlainEngine(String reason) {
    this.reason = reason;
  }

  @Override
  public String description() {
    return "plain Java (" + reason + ")";
  }

  @Override
  public boolean usesVectors() {
    return false;
  }

  @Override
  public String obstacle(Precision precision) {
    return precision == Precision.FULL
        ? null
        : "precision " + precision + " has no kernel in " + description();
  }

  @Override
  public FloatPanel panel(int rows, int columns, Precision precision) {
    return scratch(rows, columns);
  }

  @Override
  public ScratchPanel scratch(int rows, int columns) {
    return new PlainPanel(rows, columns);
  }

  @Override
  public FloatTile tile(Precision precision) {
    return new PlainTile();
  }

  @Override
  public CellLoops loops() {
    return new PlainLoops();
  }

  @Override
  public float element(
      float start,
      float alpha,
      float[] a,
      int aFrom,
      int aStep,
      float[] b,
      int bFrom,
      int bStep,
      int k) {
    float sum = start;
    for (int p = 0; p < k; p++) {
      sum += alpha * a[aFrom + p * aStep] * b[bFrom + p * bStep];
    }
    return sum;
  }

  @Override
  public int narrow() {
    return NARROW;
  }
}
