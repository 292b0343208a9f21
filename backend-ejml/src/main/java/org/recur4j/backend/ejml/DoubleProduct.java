package org.recur4j.backend.ejml;

import java.util.Arrays;

/**
 * The general product C = α·op(A)·op(B) + β·C on flat arrays, with the scratch of one thread: B is
 * packed block by block into a panel that is used for all rows of A. Bits as {@link DoubleTile}
 * promises.
 */
final class DoubleProduct {
  private static final int ROWS = 384;

  private final DoubleTile tile = new DoubleTile();
  private final double[][] panel = new double[DoubleTile.DEPTH][DoublePanel.WIDTH];
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
