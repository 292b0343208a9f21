package org.recur4j.backend.ejml;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Float arithmetic in vectors as wide as the processor prefers. */
final class VectorEngine implements FloatEngine {
  private final TileShape shape;

  VectorEngine() {
    this(
        TileShape.of(System.getProperty("os.arch"), FloatVector.SPECIES_PREFERRED.vectorBitSize()));
  }

  VectorEngine(TileShape shape) {
    this.shape = shape;
  }

  @Override
  public String description() {
    VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
    return "jdk.incubator.vector, " + species.vectorBitSize() + " bits, tile " + shape;
  }

  @Override
  public FloatPanel panel(int rows, int columns) {
    return new VectorPanel(rows, columns);
  }

  @Override
  public FloatTile tile() {
    return new VectorTile(shape);
  }

  @Override
  public CellLoops loops() {
    return new VectorLoops();
  }

  @Override
  public float element(
      float start, float alpha, float[] a, int aFrom, int aStep, float[] b, int bFrom, int bStep, int k) {
    float sum = start;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(alpha * a[aFrom + p * aStep], b[bFrom + p * bStep], sum);
    }
    return sum;
  }

  @Override
  public int narrow() {
    return 0;
  }
}
