package org.recur4j.backend.ejml;

import java.util.Arrays;

/**
 * The inner product routine, with the scratch rows of one thread: C = init + α·A·B for B packed in
 * a {@link DoublePanel}. Every element of C is the sum over k in ascending order, one
 * multiplication and one addition at a time, whatever tile it falls into: so its bits depend
 * neither on the other rows of the call nor on how rows and columns are shared out to threads.
 *
 * <p>The tile shapes (3 rows × 2 k, 2 × 2, 1 × 4, 1 × 1) are those whose loop bodies both JDK 17
 * and JDK 25 vectorise reliably; larger ones exceed the unrolling limit
 * (docs/decisions/rejected.md).
 */
final class DoubleTile {
  /** k per pass: with {@link DoublePanel#WIDTH} columns a block of B takes 512 KiB. */
  static final int DEPTH = 256;

  private final double[] c0 = new double[DoublePanel.WIDTH];
  private final double[] c1 = new double[DoublePanel.WIDTH];
  private final double[] c2 = new double[DoublePanel.WIDTH];

  /** What a product starts from. */
  enum Start {
    ZERO,
    BIAS,
    TARGET
  }

  /**
   * Multiplies {@code count} rows. Row r of A starts at {@code aOffsets[r]} and steps by {@code
   * aStep}; it meets rows {@code [bRow, bRow + depth)} of the panel.
   *
   * @param start ZERO overwrites C, BIAS overwrites it starting from {@code bias}, TARGET adds to
   *     it
   */
  void multiply(
      double[] a,
      int[] aOffsets,
      int aStep,
      DoublePanel b,
      int bRow,
      int depth,
      Start start,
      double[] bias,
      DoubleRows c,
      int count) {
    for (int block = 0; block < b.blockCount(); block++) {
      int from = b.start(block);
      int to = b.end(block);
      int done = 0;
      do {
        int k = Math.min(DEPTH, depth - done);
        Start first = done == 0 ? start : Start.TARGET;
        multiplyBlock(
            a,
            aOffsets,
            done * aStep,
            aStep,
            1.0,
            b.block(block),
            bRow + done,
            k,
            first,
            bias,
            c,
            from,
            to,
            0,
            count);
        done += k;
      } while (done < depth);
    }
  }

  /** One block of columns [from, to) and one pass over k, for rows [row, rowEnd). */
  void multiplyBlock(
      double[] a,
      int[] aOffsets,
      int aShift,
      int aStep,
      double alpha,
      double[][] b,
      int bRow,
      int depth,
      Start start,
      double[] bias,
      DoubleRows c,
      int from,
      int to,
      int row,
      int rowEnd) {
    int n = to - from;
    int r = row;
    for (; r + 3 <= rowEnd; r += 3) {
      load(start, bias, c, r, from, to, c0);
      load(start, bias, c, r + 1, from, to, c1);
      load(start, bias, c, r + 2, from, to, c2);
      rows3(
          a,
          aOffsets[r] + aShift,
          aOffsets[r + 1] + aShift,
          aOffsets[r + 2] + aShift,
          aStep,
          alpha,
          b,
          bRow,
          depth,
          n);
      c.store(r, from, to, c0);
      c.store(r + 1, from, to, c1);
      c.store(r + 2, from, to, c2);
    }
    if (r + 2 <= rowEnd) {
      load(start, bias, c, r, from, to, c0);
      load(start, bias, c, r + 1, from, to, c1);
      rows2(a, aOffsets[r] + aShift, aOffsets[r + 1] + aShift, aStep, alpha, b, bRow, depth, n);
      c.store(r, from, to, c0);
      c.store(r + 1, from, to, c1);
    } else if (r < rowEnd) {
      load(start, bias, c, r, from, to, c0);
      rows1(a, aOffsets[r] + aShift, aStep, alpha, b, bRow, depth, n);
      c.store(r, from, to, c0);
    }
  }

  private static void load(
      Start start, double[] bias, DoubleRows c, int row, int from, int to, double[] scratch) {
    switch (start) {
      case ZERO -> Arrays.fill(scratch, 0, to - from, 0.0);
      case BIAS -> System.arraycopy(bias, from, scratch, 0, to - from);
      case TARGET -> c.load(row, from, to, scratch);
    }
  }

  private void rows3(
      double[] a,
      int p,
      int q,
      int r,
      int step,
      double alpha,
      double[][] b,
      int bRow,
      int depth,
      int n) {
    int k = 0;
    for (; k + 2 <= depth; k += 2) {
      tile3x2(
          c0,
          c1,
          c2,
          b[bRow + k],
          b[bRow + k + 1],
          alpha * a[p],
          alpha * a[p + step],
          alpha * a[q],
          alpha * a[q + step],
          alpha * a[r],
          alpha * a[r + step],
          n);
      p += 2 * step;
      q += 2 * step;
      r += 2 * step;
    }
    if (k < depth) {
      tile1x1(c0, b[bRow + k], alpha * a[p], n);
      tile1x1(c1, b[bRow + k], alpha * a[q], n);
      tile1x1(c2, b[bRow + k], alpha * a[r], n);
    }
  }

  private void rows2(
      double[] a, int p, int q, int step, double alpha, double[][] b, int bRow, int depth, int n) {
    int k = 0;
    for (; k + 2 <= depth; k += 2) {
      tile2x2(
          c0,
          c1,
          b[bRow + k],
          b[bRow + k + 1],
          alpha * a[p],
          alpha * a[p + step],
          alpha * a[q],
          alpha * a[q + step],
          n);
      p += 2 * step;
      q += 2 * step;
    }
    if (k < depth) {
      tile1x1(c0, b[bRow + k], alpha * a[p], n);
      tile1x1(c1, b[bRow + k], alpha * a[q], n);
    }
  }

  private void rows1(
      double[] a, int p, int step, double alpha, double[][] b, int bRow, int depth, int n) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      tile1x4(
          c0,
          b[bRow + k],
          b[bRow + k + 1],
          b[bRow + k + 2],
          b[bRow + k + 3],
          alpha * a[p],
          alpha * a[p + step],
          alpha * a[p + 2 * step],
          alpha * a[p + 3 * step],
          n);
      p += 4 * step;
    }
    for (; k < depth; k++) {
      tile1x1(c0, b[bRow + k], alpha * a[p], n);
      p += step;
    }
  }

  private static void tile3x2(
      double[] c0,
      double[] c1,
      double[] c2,
      double[] b0,
      double[] b1,
      double a00,
      double a01,
      double a10,
      double a11,
      double a20,
      double a21,
      int n) {
    for (int j = 0; j < n; j++) {
      double x0 = b0[j];
      double x1 = b1[j];
      c0[j] = c0[j] + a00 * x0 + a01 * x1;
      c1[j] = c1[j] + a10 * x0 + a11 * x1;
      c2[j] = c2[j] + a20 * x0 + a21 * x1;
    }
  }

  private static void tile2x2(
      double[] c0,
      double[] c1,
      double[] b0,
      double[] b1,
      double a00,
      double a01,
      double a10,
      double a11,
      int n) {
    for (int j = 0; j < n; j++) {
      double x0 = b0[j];
      double x1 = b1[j];
      c0[j] = c0[j] + a00 * x0 + a01 * x1;
      c1[j] = c1[j] + a10 * x0 + a11 * x1;
    }
  }

  private static void tile1x4(
      double[] c,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double a0,
      double a1,
      double a2,
      double a3,
      int n) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void tile1x1(double[] c, double[] b, double a, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a * b[j];
    }
  }
}
