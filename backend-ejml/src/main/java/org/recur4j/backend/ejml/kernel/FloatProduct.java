package org.recur4j.backend.ejml.kernel;

import java.util.Arrays;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.array.FloatRows;
import org.recur4j.backend.ejml.engine.FloatEngine;
import org.recur4j.backend.ejml.engine.FloatTile;
import org.recur4j.backend.ejml.engine.ScratchPanel;

/**
 * The general product C = α·op(A)·op(B) + β·C on flat arrays, with the scratch of one thread. B is
 * packed block by block into a panel that is used for all rows of A. The bits of an element are as
 * {@link FloatTile} specifies.
 */
final class FloatProduct {
  private static final int ROWS = 384;

  /** Not a power of two, so that the rows of the copy do not collide in the cache. */
  private static final int LEFT_STRIDE = ROWS + 16;

  /** Up to this many results cost less than packing their operand. */
  private static final int FEW = 4;

  private final FloatEngine engine;
  private final FloatTile tile;
  private final ScratchPanel panel;
  private final int narrow;
  private final int[] aOffsets = new int[ROWS];
  private final int[] cOffsets = new int[ROWS];
  private final float[][] target = new float[1][];
  private final FloatRows rows = new FloatRows(Integer.MAX_VALUE, cOffsets).at(target, ROWS);
  private float[] left = new float[0];
  private float[] side = new float[0];

  FloatProduct(FloatEngine engine) {
    this.engine = engine;
    this.tile = engine.tile(Precision.FULL);
    this.panel = engine.scratch(ScratchPanel.DEPTH, ScratchPanel.WIDTH);
    this.narrow = engine.narrow();
  }

  /**
   * Computes the columns [from, to) of C. Element (i, k) of A is at {@code aOffset + i·aRow +
   * k·aColumn}, (k, j) of B at {@code bOffset + k·bRow + j·bColumn}, (i, j) of C at {@code cOffset
   * + i·cRow + j}.
   */
  void multiply(
      int m,
      int k,
      int from,
      int to,
      float alpha,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float beta,
      float[] c,
      int cOffset,
      int cRow) {
    target[0] = c;
    try {
      if (beta != 1f) {
        scale(m, from, to, beta, c, cOffset, cRow);
      }
      if ((long) m * (to - from) <= FEW) {
        for (int i = 0; i < m; i++) {
          for (int j = from; j < to; j++) {
            int at = cOffset + i * cRow + j;
            int left = aOffset + i * aRow;
            int right = bOffset + j * bColumn;
            c[at] = engine.element(c[at], alpha, a, left, aColumn, b, right, bRow, k);
          }
        }
        return;
      }
      if (to - from < narrow && m >= narrow && alpha == 1f) {
        int n = to - from;
        int bFrom = bOffset + from * bColumn;
        int cFrom = cOffset + from;
        multiplyNarrow(m, k, n, a, aOffset, aRow, aColumn, b, bFrom, bRow, bColumn, c, cFrom, cRow);
        return;
      }
      for (int j = from; j < to; j += ScratchPanel.WIDTH) {
        int width = Math.min(ScratchPanel.WIDTH, to - j);
        for (int p = 0; p < k; p += ScratchPanel.DEPTH) {
          int depth = Math.min(ScratchPanel.DEPTH, k - p);
          panel.reshape(depth, width);
          panel.pack(b, bOffset + p * bRow + j * bColumn, bRow, bColumn);
          for (int i = 0; i < m; i += ROWS) {
            int count = Math.min(ROWS, m - i);
            int cFrom = cOffset + i * cRow + j;
            int aFrom = aOffset + i * aRow + p * aColumn;
            multiplyBlock(count, depth, alpha, a, aFrom, aRow, aColumn, cFrom, cRow);
          }
        }
      }
    } finally {
      // The scratch outlives the call and must not keep the caller's array reachable.
      target[0] = null;
    }
  }

  /** Computes the panel's columns of {@code count} rows of C. */
  private void multiplyBlock(
      int count,
      int depth,
      float alpha,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      int cOffset,
      int cRow) {
    boolean direct = aColumn == 1 && alpha == 1f;
    for (int r = 0; r < count; r++) {
      aOffsets[r] = direct ? aOffset + r * aRow : r;
      cOffsets[r] = cOffset + r * cRow;
    }
    float[] operand = a;
    int step = 1;
    if (!direct) {
      copyLeft(count, depth, alpha, a, aOffset, aRow, aColumn);
      operand = left;
      step = LEFT_STRIDE;
    }
    tile.multiply(
        operand, aOffsets, step, panel, 0, depth, FloatTile.Start.TARGET, null, rows, count);
  }

  /**
   * Copies α·op(A) with k as the leading index, because distant rows would each cost a cache line
   * per element.
   */
  private void copyLeft(
      int count, int depth, float alpha, float[] a, int aOffset, int aRow, int aColumn) {
    if (left.length == 0) {
      left = new float[ScratchPanel.DEPTH * LEFT_STRIDE];
    }
    for (int p = 0; p < depth; p++) {
      int to = p * LEFT_STRIDE;
      int source = aOffset + p * aColumn;
      if (aRow == 1) {
        System.arraycopy(a, source, left, to, count);
      } else {
        for (int r = 0; r < count; r++) {
          left[to + r] = a[source + r * aRow];
        }
      }
      if (alpha != 1f) {
        for (int r = to; r < to + count; r++) {
          left[r] = alpha * left[r];
        }
      }
    }
  }

  /** Computes Cᵀ += Bᵀ·Aᵀ: the same sums in the same order, with the operands exchanged. */
  private void multiplyNarrow(
      int m,
      int k,
      int n,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow) {
    if (side.length == 0) {
      side = new float[narrow * ScratchPanel.WIDTH];
    }
    for (int i = 0; i < m; i += ScratchPanel.WIDTH) {
      int width = Math.min(ScratchPanel.WIDTH, m - i);
      for (int j = 0; j < n; j++) {
        for (int r = 0; r < width; r++) {
          side[j * width + r] = c[cOffset + (i + r) * cRow + j];
        }
        cOffsets[j] = j * width;
      }
      target[0] = side;
      for (int p = 0; p < k; p += ScratchPanel.DEPTH) {
        int depth = Math.min(ScratchPanel.DEPTH, k - p);
        panel.reshape(depth, width);
        panel.pack(a, aOffset + i * aRow + p * aColumn, aColumn, aRow);
        for (int j = 0; j < n; j++) {
          aOffsets[j] = bOffset + j * bColumn + p * bRow;
        }
        tile.multiply(b, aOffsets, bRow, panel, 0, depth, FloatTile.Start.TARGET, null, rows, n);
      }
      for (int r = 0; r < width; r++) {
        for (int j = 0; j < n; j++) {
          c[cOffset + (i + r) * cRow + j] = side[j * width + r];
        }
      }
    }
  }

  private static void scale(int m, int from, int to, float beta, float[] c, int cOffset, int cRow) {
    for (int i = 0; i < m; i++) {
      int first = cOffset + i * cRow + from;
      int end = cOffset + i * cRow + to;
      if (beta == 0f) {
        // β = 0 overwrites, so that a NaN in the old contents has no effect.
        Arrays.fill(c, first, end, 0f);
      } else {
        for (int j = first; j < end; j++) {
          c[j] = beta * c[j];
        }
      }
    }
  }
}
