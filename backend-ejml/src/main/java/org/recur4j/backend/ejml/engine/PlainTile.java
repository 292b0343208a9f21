package org.recur4j.backend.ejml.engine;

import java.util.Arrays;
import org.recur4j.backend.ejml.array.FloatRows;

/**
 * The product routine in plain Java, with separate multiplications and additions.
 *
 * <p>The tile shapes (3 rows × 2 k, 2 × 2, 1 × 4, 1 × 1) are those whose loop bodies both JDK 17
 * and JDK 25 vectorize reliably; larger ones exceed the unrolling limit
 * (docs/decisions/rejected.md).
 */
final class PlainTile implements FloatTile {
  private final float[] c0 = new float[ScratchPanel.WIDTH];
  private final float[] c1 = new float[ScratchPanel.WIDTH];
  private final float[] c2 = new float[ScratchPanel.WIDTH];

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
    PlainPanel b = (PlainPanel) panel;
    for (int block = 0; block < b.blockCount(); block++) {
      int from = b.start(block);
      int to = b.end(block);
      int done = 0;
      do {
        int k = Math.min(ScratchPanel.DEPTH, depth - done);
        Start first = done == 0 ? start : Start.TARGET;
        multiplyBlock(
            a,
            aOffsets,
            done * aStep,
            aStep,
            b.block(block),
            bRow + done,
            k,
            first,
            bias,
            c,
            from,
            to,
            count);
        done += k;
      } while (done < depth);
    }
  }

  /** Multiplies one block of columns [from, to) in one pass over k. */
  private void multiplyBlock(
      float[] a,
      int[] aOffsets,
      int aShift,
      int aStep,
      float[][] b,
      int bRow,
      int depth,
      Start start,
      float[] bias,
      FloatRows c,
      int from,
      int to,
      int rowEnd) {
    int n = to - from;
    int r = 0;
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
          b,
          bRow,
          depth,
          n);
      c.store(r, from, n, c0, 0);
      c.store(r + 1, from, n, c1, 0);
      c.store(r + 2, from, n, c2, 0);
    }
    if (r + 2 <= rowEnd) {
      load(start, bias, c, r, from, to, c0);
      load(start, bias, c, r + 1, from, to, c1);
      rows2(a, aOffsets[r] + aShift, aOffsets[r + 1] + aShift, aStep, b, bRow, depth, n);
      c.store(r, from, n, c0, 0);
      c.store(r + 1, from, n, c1, 0);
    } else if (r < rowEnd) {
      load(start, bias, c, r, from, to, c0);
      rows1(a, aOffsets[r] + aShift, aStep, b, bRow, depth, n);
      c.store(r, from, n, c0, 0);
    }
  }

  private static void load(
      Start start, float[] bias, FloatRows c, int row, int from, int to, float[] scratch) {
    switch (start) {
      case ZERO -> Arrays.fill(scratch, 0, to - from, 0f);
      case BIAS -> System.arraycopy(bias, from, scratch, 0, to - from);
      case TARGET -> c.load(row, from, to - from, scratch, 0);
    }
  }

  private void rows3(
      float[] a, int p, int q, int r, int step, float[][] b, int bRow, int depth, int n) {
    int k = 0;
    for (; k + 2 <= depth; k += 2) {
      tile3x2(
          c0,
          c1,
          c2,
          b[bRow + k],
          b[bRow + k + 1],
          a[p],
          a[p + step],
          a[q],
          a[q + step],
          a[r],
          a[r + step],
          n);
      p += 2 * step;
      q += 2 * step;
      r += 2 * step;
    }
    if (k < depth) {
      tile1x1(c0, b[bRow + k], a[p], n);
      tile1x1(c1, b[bRow + k], a[q], n);
      tile1x1(c2, b[bRow + k], a[r], n);
    }
  }

  private void rows2(float[] a, int p, int q, int step, float[][] b, int bRow, int depth, int n) {
    int k = 0;
    for (; k + 2 <= depth; k += 2) {
      tile2x2(c0, c1, b[bRow + k], b[bRow + k + 1], a[p], a[p + step], a[q], a[q + step], n);
      p += 2 * step;
      q += 2 * step;
    }
    if (k < depth) {
      tile1x1(c0, b[bRow + k], a[p], n);
      tile1x1(c1, b[bRow + k], a[q], n);
    }
  }

  private void rows1(float[] a, int p, int step, float[][] b, int bRow, int depth, int n) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      tile1x4(
          c0,
          b[bRow + k],
          b[bRow + k + 1],
          b[bRow + k + 2],
          b[bRow + k + 3],
          a[p],
          a[p + step],
          a[p + 2 * step],
          a[p + 3 * step],
          n);
      p += 4 * step;
    }
    for (; k < depth; k++) {
      tile1x1(c0, b[bRow + k], a[p], n);
      p += step;
    }
  }

  private static void tile3x2(
      float[] c0,
      float[] c1,
      float[] c2,
      float[] b0,
      float[] b1,
      float a00,
      float a01,
      float a10,
      float a11,
      float a20,
      float a21,
      int n) {
    for (int j = 0; j < n; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      c0[j] = c0[j] + a00 * x0 + a01 * x1;
      c1[j] = c1[j] + a10 * x0 + a11 * x1;
      c2[j] = c2[j] + a20 * x0 + a21 * x1;
    }
  }

  private static void tile2x2(
      float[] c0,
      float[] c1,
      float[] b0,
      float[] b1,
      float a00,
      float a01,
      float a10,
      float a11,
      int n) {
    for (int j = 0; j < n; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      c0[j] = c0[j] + a00 * x0 + a01 * x1;
      c1[j] = c1[j] + a10 * x0 + a11 * x1;
    }
  }

  private static void tile1x4(
      float[] c,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a0,
      float a1,
      float a2,
      float a3,
      int n) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void tile1x1(float[] c, float[] b, float a, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a * b[j];
    }
  }
}
