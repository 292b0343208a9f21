package org.recur4j.backend.ejml.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights in 8 bits, with one scale for each column (an output of the layer): stored = 128 +
 * round(127·w / max|w|), between 1 and 255. Uses a quarter of the memory traffic of floats.
 *
 * <p>Four rows share an int. The middle two are converted in place, which makes them 2⁸ and 2¹⁶
 * times too large, and the left operand is scaled down by the same factor, which is exact.
 */
final class VectorBytePanel extends VectorCompactPanel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTEGERS = FLOATS.withLanes(int.class);
  private static final int LANES = FLOATS.length();
  private static final int CENTER = 128;

  private final float[] scales;

  VectorBytePanel(int rows, int columns) {
    super(rows, columns, 4, CENTER, 2);
    this.scales = new float[columns];
  }

  @Override
  public long bytes() {
    return 4L * (values.length + scales.length);
  }

  @Override
  float factor(int column) {
    return scales[column];
  }

  @Override
  float scaled(float x, int k) {
    return switch (k & 3) {
      case 1 -> x * 0x1p-8f;
      case 2 -> x * 0x1p-16f;
      default -> x;
    };
  }

  @Override
  public void pack(float[] source, int offset, int rowStride, int columnStride) {
    Arrays.fill(values, 0);
    for (int column = 0; column < columns; column++) {
      int from = offset + column * columnStride;
      float largest = 0f;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, Math.abs(source[from + row * rowStride]));
      }
      scales[column] = largest / 127f;
      float inverse = largest == 0f ? 0f : 127f / largest;
      for (int row = 0; row < rows; row++) {
        put(row, column, CENTER + Math.round(inverse * source[from + row * rowStride]));
      }
    }
  }

  @Override
  void expand(int row, int at, float[] strip, int to) {
    int shift = row % 4 * 8;
    for (int j = 0; j < STRIP; j += LANES) {
      IntVector four = IntVector.fromArray(INTEGERS, values, at + j);
      IntVector stored = four.lanewise(VectorOperators.LSHR, shift).and(0xff);
      ((FloatVector) stored.convert(VectorOperators.I2F, 0)).intoArray(strip, to + j);
    }
  }

  @Override
  void multiplyRow(float[] x, int column, float[] sums) {
    for (int j = 0; j < STRIP; j += 2 * LANES) {
      pair(x, strip(column) + j, groups(), j, sums);
    }
  }

  /**
   * Multiplies two vectors of columns, each in one chain over the even and one over the odd rows.
   * Four chains keep the multipliers busy; twice as many vectors would exceed the JIT compiler's
   * inlining budget.
   */
  private void pair(float[] x, int at, int groups, int to, float[] sums) {
    FloatVector even0 = FloatVector.zero(FLOATS);
    FloatVector even1 = even0;
    FloatVector odd0 = even0;
    FloatVector odd1 = even0;
    for (int k = 0; k < groups; k++) {
      IntVector v0 = IntVector.fromArray(INTEGERS, values, at + k * 4 * LANES);
      IntVector v1 = IntVector.fromArray(INTEGERS, values, at + k * 4 * LANES + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[4 * k]);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[4 * k + 1]);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[4 * k + 2]);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[4 * k + 3]);
      even0 = x0.fma((FloatVector) v0.and(0xff).convert(VectorOperators.I2F, 0), even0);
      even1 = x0.fma((FloatVector) v1.and(0xff).convert(VectorOperators.I2F, 0), even1);
      odd0 = x1.fma((FloatVector) v0.and(0xff00).convert(VectorOperators.I2F, 0), odd0);
      odd1 = x1.fma((FloatVector) v1.and(0xff00).convert(VectorOperators.I2F, 0), odd1);
      even0 = x2.fma((FloatVector) v0.and(0xff0000).convert(VectorOperators.I2F, 0), even0);
      even1 = x2.fma((FloatVector) v1.and(0xff0000).convert(VectorOperators.I2F, 0), even1);
      odd0 =
          x3.fma(
              (FloatVector) v0.lanewise(VectorOperators.LSHR, 24).convert(VectorOperators.I2F, 0),
              odd0);
      odd1 =
          x3.fma(
              (FloatVector) v1.lanewise(VectorOperators.LSHR, 24).convert(VectorOperators.I2F, 0),
              odd1);
    }
    even0.add(odd0).intoArray(sums, to);
    even1.add(odd1).intoArray(sums, to + LANES);
  }
}
