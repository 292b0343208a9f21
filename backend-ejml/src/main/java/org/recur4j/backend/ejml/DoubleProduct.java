package org.recur4j.backend.ejml;

import java.util.Arrays;

/**
 * The general product C = α·op(A)·op(B) + β·C on flat arrays, with the scratch of one thread: B is
 * packed block by block into a panel that is used for all rows of A. Bits as {@link DoubleTile}
 * promises.
 */
final class DoubleProduct {
  private static final int ROWS = 384;

  /**
   * Loops over fewer columns stay scalar: such a product is computed on its side, with loops over
   * the rows of A.
   */
  private static final int NARROW = 64;

  private final DoubleTile tile = new DoubleTile();
  private final double[][] panel = new double[DoubleTile.DEPTH][DoublePanel.WIDTH];
  private double[] narrow = new double[0];
  private final int[] aOffsets = new int[ROWS];
  private final int[] cOffsets = new int[ROWS];
  private final double[][] target = new double[1][];
  private final DoubleRows rows = new DoubleRows(target, Integer.MAX_VALUE, cOffsets);

  /**
   * Computes the columns [from, to) of C. A's element (i, k) lies at {@code aOffset + i·aRow +
   * k·aColumn}, B's (k, j) at {@code bOffset + k·bRow + j·bColumn}, C's (i, j) at {@code cOffset +
   * i·cRow + j}.
   */
  void multiply(
      int m,
      int k,
      int from,
      int to,
      double alpha,
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      double[] b,
      int bOffset,
      int bRow,
      int bColumn,
      double beta,
      double[] c,
      int cOffset,
      int cRow) {
    target[0] = c;
    try {
      if (beta != 1.0) {
        scale(m, from, to, beta, c, cOffset, cRow);
      }
      if (to - from < NARROW && m >= NARROW && alpha == 1.0) {
        multiplyNarrow(
            m,
            k,
            to - from,
            a,
            aOffset,
            aRow,
            aColumn,
            b,
            bOffset + from * bColumn,
            bRow,
            bColumn,
            c,
            cOffset + from,
            cRow);
        return;
      }
      for (int j = from; j < to; j += DoublePanel.WIDTH) {
        int jEnd = Math.min(to, j + DoublePanel.WIDTH);
        for (int p = 0; p < k; p += DoubleTile.DEPTH) {
          int depth = Math.min(DoubleTile.DEPTH, k - p);
          DoublePanel.pack(
              panel, 0, depth, jEnd - j, b, bOffset + p * bRow + j * bColumn, bRow, bColumn);
          multiplyPanel(
              m, depth, j, jEnd, alpha, a, aOffset + p * aColumn, aRow, aColumn, cOffset, cRow);
        }
      }
    } finally {
      // The scratch outlives the call; the caller's array must not be held by it.
      target[0] = null;
    }
  }

  private void multiplyPanel(
      int m,
      int depth,
      int from,
      int to,
      double alpha,
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      int cOffset,
      int cRow) {
    for (int i = 0; i < m; i += ROWS) {
      int count = Math.min(ROWS, m - i);
      for (int r = 0; r < count; r++) {
        aOffsets[r] = aOffset + (i + r) * aRow;
        cOffsets[r] = cOffset + (i + r) * cRow;
      }
      tile.multiplyBlock(
          a,
          aOffsets,
          0,
          aColumn,
          alpha,
          panel,
          0,
          depth,
          DoubleTile.Start.TARGET,
          null,
          rows,
          from,
          to,
          0,
          count);
    }
  }

  /** Cᵀ += Bᵀ·Aᵀ: the same sums in the same order, with the roles of the operands exchanged. */
  private void multiplyNarrow(
      int m,
      int k,
      int n,
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      double[] b,
      int bOffset,
      int bRow,
      int bColumn,
      double[] c,
      int cOffset,
      int cRow) {
    if (narrow.length == 0) {
      narrow = new double[NARROW * DoublePanel.WIDTH];
    }
    for (int i = 0; i < m; i += DoublePanel.WIDTH) {
      int width = Math.min(DoublePanel.WIDTH, m - i);
      for (int j = 0; j < n; j++) {
        for (int r = 0; r < width; r++) {
          narrow[j * width + r] = c[cOffset + (i + r) * cRow + j];
        }
        cOffsets[j] = j * width;
      }
      target[0] = narrow;
      for (int p = 0; p < k; p += DoubleTile.DEPTH) {
        int depth = Math.min(DoubleTile.DEPTH, k - p);
        DoublePanel.pack(
            panel, 0, depth, width, a, aOffset + i * aRow + p * aColumn, aColumn, aRow);
        for (int j = 0; j < n; j++) {
          aOffsets[j] = bOffset + j * bColumn + p * bRow;
        }
        tile.multiplyBlock(
            b,
            aOffsets,
            0,
            bRow,
            1.0,
            panel,
            0,
            depth,
            DoubleTile.Start.TARGET,
            null,
            rows,
            0,
            width,
            0,
            n);
      }
      for (int r = 0; r < width; r++) {
        for (int j = 0; j < n; j++) {
          c[cOffset + (i + r) * cRow + j] = narrow[j * width + r];
        }
      }
    }
  }

  private static void scale(
      int m, int from, int to, double beta, double[] c, int cOffset, int cRow) {
    for (int i = 0; i < m; i++) {
      int first = cOffset + i * cRow + from;
      int end = cOffset + i * cRow + to;
      if (beta == 0.0) {
        // Overwrites: β = 0 must not let a NaN of the old content through.
        Arrays.fill(c, first, end, 0.0);
      } else {
        for (int j = first; j < end; j++) {
          c[j] = beta * c[j];
        }
      }
    }
  }
}
