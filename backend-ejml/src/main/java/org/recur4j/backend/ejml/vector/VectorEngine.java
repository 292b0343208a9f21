package org.recur4j.backend.ejml.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.engine.CellLoops;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatPanel;
import org.recur4j.backend.ejml.engine.FloatTile;
import org.recur4j.backend.ejml.engine.ScratchPanel;

/** The engine on vectors of the size that the processor prefers. */
public final class VectorEngine implements FloatEngine {
  private final TileShape shape =
      TileShape.of(System.getProperty("os.arch"), FloatVector.SPECIES_PREFERRED.vectorBitSize());

  /**
   * Creates the engine; {@link org.recur4j.backend.ejml.engine.FloatEngines} finds this class by
   * name.
   */
  public VectorEngine() {}

  @Override
  public String description() {
    VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
    return "jdk.incubator.vector, " + species.vectorBitSize() + " bits, tile " + shape;
  }

  @Override
  public boolean usesVectors() {
    return true;
  }

  @Override
  public String obstacle(Precision precision) {
    if (precision == Precision.TF32) {
      return "precision TF32 has no kernel on a CPU";
    }
    if (precision != Precision.FULL && FloatVector.SPECIES_PREFERRED.length() < 8) {
      return "precision " + precision + " has no kernel for vectors below 256 bits";
    }
    return null;
  }

  @Override
  public FloatPanel panel(int rows, int columns, Precision precision) {
    return switch (precision) {
      case INT8 -> new VectorBytePanel(rows, columns);
      case BF16 -> new VectorHalfPanel(rows, columns);
      case FULL, TF32 -> scratch(rows, columns);
    };
  }

  @Override
  public ScratchPanel scratch(int rows, int columns) {
    return new VectorPanel(rows, columns);
  }

  @Override
  public FloatTile tile(Precision precision) {
    return precision == Precision.FULL ? new VectorTile(shape) : new VectorCompactTile(shape);
  }

  @Override
  public CellLoops loops() {
    return new VectorLoops();
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
      sum = Math.fma(alpha * a[aFrom + p * aStep], b[bFrom + p * bStep], sum);
    }
    return sum;
  }

  @Override
  public int narrow() {
    return 0;
  }
}
