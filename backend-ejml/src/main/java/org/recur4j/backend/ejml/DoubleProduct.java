package org.recur4j.backend.ejml;

import java.util.Arrays;

/**
 * The general product C = α·op(A)·op(B) + β·C in double precision, with the scratch of one thread.
 * Double precision serves gradient checks, so this is the plain loop of which {@link FloatTile} is
 * the tiled form: for each row of C, one vector update a k. Every element is the sum over k in
 * ascending order, one multiplication and one addition at a time, however the columns are cut.
 */
final class DoubleProduct {
  private static final int WIDTH = 256;
  private static final int DEPTH = 256;

  /** Rows as arrays of their own: with offsets into one array no compiler would vectorise. */
  private final double[][] panel = new double[DEPTH][WIDTH];

  private final double[] sums = new double[WIDTH];

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
    for (int j = from; j < to; j += WIDTH) {
      int width = Math.min(WIDTH, to - j);
      for (int i = 0; i < m; i++) {
        scale(beta, c, cOffset + i * cRow + j, width);
      }
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        pack(depth, width, b, bOffset + p * bRow + j * bColumn, bRow, bColumn);
        for (int i = 0; i < m; i++) {
          int target = cOffset + i * cRow + j;
          System.arraycopy(c, target, sums, 0, width);
          int source = aOffset + i * aRow + p * aColumn;
          for (int q = 0; q < depth; q++) {
            addMultiple(alpha * a[source + q * aColumn], panel[q], sums, width);
          }
          System.arraycopy(sums, 0, c, target, width);
        }
      }
    }
  }

  private static void addMultiple(double factor, double[] row, double[] sums, int width) {
    for (int j = 0; j < width; j++) {
      sums[j] += factor * row[j];
    }
  }

  private static void scale(double beta, double[] c, int from, int count) {
    if (beta == 0) {
      // Overwrites: β = 0 must not let a NaN of the old content through.
      Arrays.fill(c, from, from + count, 0.0);
      return;
    }
    for (int j = from; j < from + count; j++) {
      c[j] *= beta;
    }
  }

  private void pack(int depth, int width, double[] b, int offset, int row, int column) {
    for (int q = 0; q < depth; q++) {
      for (int j = 0; j < width; j++) {
        panel[q][j] = b[offset + q * row + j * column];
      }
    }
  }
}
