package org.recur4j.backend.ejml.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights in bfloat16, the upper half of a float, rounded to nearest with ties to even: half the
 * memory traffic of floats and three significant digits.
 */
final class VectorHalfPanel extends VectorCompactPanel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTEGERS = FLOATS.withLanes(int.class);
  private static final int LANES = FLOATS.length();
  private static final int UPPER = 0xffff0000;

  VectorHalfPanel(int rows, int columns) {
    super(rows, columns, 2, 0f, 1);
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }

  @Override
  float factor(int column) {
    return 1f;
  }

  @Override
  float scaled(float x, int k) {
    return x;
  }

  /** Returns the upper half of the nearest float whose lower half is zero; NaN remains NaN. */
  static int rounded(float value) {
    if (Float.isNaN(value)) {
      return 0x7fc0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16;
  }

  @Override
  public void pack(float[] source, int offset, int rowStride, int columnStride) {
    Arrays.fill(values, 0);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        float value = source[offset + row * rowStride + column * columnStride];
        put(row, column, rounded(value));
      }
    }
  }

  @Override
  void expand(int row, int at, float[] strip, int to) {
    for (int j = 0; j < STRIP; j += LANES) {
      IntVector two = IntVector.fromArray(INTEGERS, values, at + j);
      IntVector upper = row % 2 == 0 ? two.lanewise(VectorOperators.LSHL, 16) : two.and(UPPER);
      upper.reinterpretAsFloats().intoArray(strip, to + j);
    }
  }

  @Override
  void multiplyRow(float[] x, int column, float[] sums) {
    int at = strip(column);
    int groups = groups();
    FloatVector c0 = FloatVector.zero(FLOATS);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int k = 0; k < groups; k++) {
      int q = at + k * 4 * LANES;
      IntVector v0 = IntVector.fromArray(INTEGERS, values, q);
      IntVector v1 = IntVector.fromArray(INTEGERS, values, q + LANES);
      IntVector v2 = IntVector.fromArray(INTEGERS, values, q + 2 * LANES);
      IntVector v3 = IntVector.fromArray(INTEGERS, values, q + 3 * LANES);
      FloatVector y = FloatVector.broadcast(FLOATS, x[2 * k]);
      c0 = y.fma(v0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), c0);
      c1 = y.fma(v1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), c1);
      c2 = y.fma(v2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), c2);
      c3 = y.fma(v3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), c3);
      y = FloatVector.broadcast(FLOATS, x[2 * k + 1]);
      c0 = y.fma(v0.and(UPPER).reinterpretAsFloats(), c0);
      c1 = y.fma(v1.and(UPPER).reinterpretAsFloats(), c1);
      c2 = y.fma(v2.and(UPPER).reinterpretAsFloats(), c2);
      c3 = y.fma(v3.and(UPPER).reinterpretAsFloats(), c3);
    }
    c0.intoArray(sums, 0);
    c1.intoArray(sums, LANES);
    c2.intoArray(sums, 2 * LANES);
    c3.intoArray(sums, 3 * LANES);
  }
}
