package org.recur4j.backend.ejml.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatEngines;
import org.recur4j.backend.ejml.engine.FloatPanel;
import org.recur4j.backend.ejml.engine.FloatTile;

class FloatProductTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 300, 1},
    {2, 258, 2},
    {2, 3, 5},
    {3, 2, 17},
    {4, 257, 16},
    {5, 8, 300},
    {32, 64, 256},
    {7, 513, 257},
    {400, 3, 31},
    {1, 9, 520}
  };

  private final FloatEngine engine = FloatEngines.preferred();

  /** A step of the chain as the engine that is tested rounds it: twice, or once. */
  private float plus(float a, float b, float sum) {
    return engine.usesVectors() ? Math.fma(a, b, sum) : sum + a * b;
  }

  @Test
  void equalsTheSumInAscendingOrderBitForBit() {
    Random random = new Random(7);
    FloatProduct product = new FloatProduct(engine);
    for (int[] size : SIZES) {
      int m = size[0];
      int k = size[1];
      int n = size[2];
      for (int flags = 0; flags < 8; flags++) {
        float alpha = (flags & 4) != 0 ? 1.5f : 1f;
        boolean transposeA = (flags & 1) != 0;
        boolean transposeB = (flags & 2) != 0;
        float[] a = values(random, 3 + m * k);
        float[] b = values(random, 2 + k * n);
        int aRow = transposeA ? 1 : k;
        int aColumn = transposeA ? m : 1;
        int bRow = transposeB ? 1 : n;
        int bColumn = transposeB ? k : 1;
        for (float beta : new float[] {0f, 1f, 0.5f}) {
          float[] c = values(random, 4 + m * (n + 3));
          float[] want = c.clone();
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              float sum = beta == 0f ? 0f : beta * want[4 + i * (n + 3) + j];
              for (int p = 0; p < k; p++) {
                float left = alpha * a[3 + i * aRow + p * aColumn];
                sum = plus(left, b[2 + p * bRow + j * bColumn], sum);
              }
              want[4 + i * (n + 3) + j] = sum;
            }
          }
          if (beta == 0f) {
            Arrays.fill(c, 4, 4 + n, Float.NaN);
          }
          // Two calls, cut at an odd column, as two threads would share it.
          int cut = n / 2;
          product.multiply(
              m, k, 0, cut, alpha, a, 3, aRow, aColumn, b, 2, bRow, bColumn, beta, c, 4, n + 3);
          product.multiply(
              m, k, cut, n, alpha, a, 3, aRow, aColumn, b, 2, bRow, bColumn, beta, c, 4, n + 3);
          assertThat(c).as("%d x %d x %d flags %d beta %s", m, k, n, flags, beta).isEqualTo(want);
        }
      }
    }
  }

  @Test
  void deliversSegmentsToPlanesAndStartsFromTheBias() {
    Random random = new Random(11);
    int hidden = 5;
    int k = 6;
    int gates = 70;
    float[] weights = values(random, gates * hidden * k);
    FloatPanel panel = engine.panel(k, gates * hidden, Precision.FULL);
    panel.pack(weights, 0, 1, k);
    float[] a = values(random, 4 * k);
    float[] bias = values(random, gates * hidden);
    float[][] planes = new float[gates][4 * hidden];
    int[] aOffsets = {3 * k, 0};
    FloatRows rows = new FloatRows(hidden, new int[] {3 * hidden, 0}).at(planes, 2);
    engine
        .tile(Precision.FULL)
        .multiply(a, aOffsets, 1, panel, 0, k, FloatTile.Start.BIAS, bias, rows, 2);
    for (int row : new int[] {3, 0}) {
      for (int j = 0; j < gates * hidden; j++) {
        float sum = bias[j];
        for (int p = 0; p < k; p++) {
          sum = plus(a[row * k + p], weights[j * k + p], sum);
        }
        assertThat(planes[j / hidden][row * hidden + j % hidden]).isEqualTo(sum);
      }
    }
    assertThat(planes[0][hidden]).as("a row that was not asked for").isZero();
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
