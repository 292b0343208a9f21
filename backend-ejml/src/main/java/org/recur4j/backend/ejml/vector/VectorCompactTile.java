package org.recur4j.backend.ejml.vector;

import java.util.Arrays;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatPanel;
import org.recur4j.backend.ejml.engine.FloatTile;

/**
 * Products with weights of few bits: C = start + factor · (Σ a·stored − center · Σ a). For few
 * rows, as in streaming, the stored values are read directly; for more rows, each strip is expanded
 * to floats once and multiplied by {@link VectorTiles}. An element is the same chain of
 * multiply-adds in both cases, so the bits of a row do not depend on the other rows.
 */
final class VectorCompactTile implements FloatTile {
  private static final int STRIP = VectorPanel.STRIP;

  /** The number of rows from which expanding a strip is faster. */
  private static final int EXPAND = 3;

  private static final int ROWS = 4;

  private final TileShape shape;
  private final float[] sums = new float[ROWS * STRIP];
  private final FloatRows sumRows;
  private final float[] zeros = new float[STRIP];
  private final float[] odd = new float[ROWS * STRIP];
  private final float[] line = new float[STRIP];
  private final int[] left = new int[ROWS];
  private float[] strip = new float[0];
  private float[] x = new float[0];
  private float[] shifts = new float[0];
  private boolean backwards;

  VectorCompactTile(TileShape shape) {
    this.shape = shape;
    int[] offsets = {0, STRIP, 2 * STRIP, 3 * STRIP};
    this.sumRows = new FloatRows(STRIP, offsets).at(new float[][] {sums}, ROWS);
  }

  @Override
  public void reverseOrder() {
    backwards = !backwards;
  }

  @Override
  public void multiply(
      float[] a,
      int[] aOffsets,
      int aStep,
      FloatPanel panel,
      int bRow,
      int depth,
      Start start,
      float[] bias,
      FloatRows c,
      int count) {
    VectorCompactPanel b = (VectorCompactPanel) panel;
    if (bRow != 0 || depth != b.rows) {
      throw new IllegalArgumentException("a compact panel is multiplied as a whole");
    }
    if (count < EXPAND) {
      for (int r = 0; r < count; r++) {
        row(a, aOffsets[r], aStep, b, start, bias, c, r);
      }
    } else {
      rows(a, aOffsets, aStep, b, start, bias, c, count);
    }
  }

  private void row(
      float[] a,
      int offset,
      int step,
      VectorCompactPanel b,
      Start start,
      float[] bias,
      FloatRows c,
      int row) {
    int whole = b.groups() * b.together;
    if (x.length < whole) {
      x = new float[whole];
    }
    Arrays.fill(x, b.rows, whole, 0f);
    for (int k = 0; k < b.rows; k++) {
      x[k] = b.scaled(a[offset + k * step], k);
    }
    float shift = b.center * sum(a, offset, step, b.rows);
    int strips = (b.columns + STRIP - 1) / STRIP;
    for (int i = 0; i < strips; i++) {
      int column = (backwards ? strips - 1 - i : i) * STRIP;
      b.multiplyRow(x, column, sums);
      deliver(b, column, shift, start, bias, c, row, 0);
    }
  }

  private void rows(
      float[] a,
      int[] aOffsets,
      int aStep,
      VectorCompactPanel b,
      Start start,
      float[] bias,
      FloatRows c,
      int count) {
    if (strip.length < b.rows * STRIP) {
      strip = new float[b.rows * STRIP];
    }
    if (shifts.length < count) {
      shifts = new float[count];
    }
    for (int r = 0; r < count; r++) {
      shifts[r] = b.center == 0f ? 0f : b.center * sum(a, aOffsets[r], aStep, b.rows);
    }
    for (int column = 0; column < b.columns; column += STRIP) {
      b.expand(column, strip);
      for (int r = 0; r < count; r += ROWS) {
        int rows = Math.min(ROWS, count - r);
        block(a, aOffsets, r, rows, aStep, b);
        for (int k = 0; k < rows; k++) {
          deliver(b, column, shifts[r + k], start, bias, c, r + k, k * STRIP);
        }
      }
    }
  }

  /** Computes the sums of four rows over the expanded strip, chain by chain. */
  private void block(
      float[] a, int[] aOffsets, int row, int rows, int aStep, VectorCompactPanel b) {
    for (int chain = b.chains - 1; chain >= 0; chain--) {
      for (int k = 0; k < ROWS; k++) {
        left[k] = aOffsets[k < rows ? row + k : row] + chain * aStep;
      }
      int at = chain * b.chainRows(0) * STRIP;
      int depth = b.chainRows(chain);
      int step = aStep * b.chains;
      VectorTile.four(shape, a, left, 0, step, strip, at, STRIP, depth, zeros, 0, sumRows, 0, 0);
      if (chain > 0) {
        System.arraycopy(sums, 0, odd, 0, sums.length);
      }
    }
    if (b.chains == 2) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += odd[j];
      }
    }
  }

  private static float sum(float[] a, int offset, int step, int count) {
    float sum = 0f;
    for (int k = 0; k < count; k++) {
      sum += a[offset + k * step];
    }
    return sum;
  }

  private void deliver(
      VectorCompactPanel b,
      int column,
      float shift,
      Start start,
      float[] bias,
      FloatRows c,
      int row,
      int from) {
    int width = Math.min(STRIP, b.columns - column);
    switch (start) {
      case ZERO -> Arrays.fill(line, 0, width, 0f);
      case BIAS -> System.arraycopy(bias, column, line, 0, width);
      case TARGET -> c.load(row, column, width, line, 0);
    }
    for (int j = 0; j < width; j++) {
      line[j] += b.factor(column + j) * (sums[from + j] - shift);
    }
    c.store(row, column, width, line, 0);
  }
}
