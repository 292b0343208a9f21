package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.spi.BlockTask;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.array.HeapStorage;

/**
 * One product, divided into blocks of columns (or of rows, if there are few columns) that threads
 * take. Each element is summed in a fixed order, so the division changes no bits.
 */
final class GemmCall implements BlockTask {
  /** The number of multiplications below which one thread computes the product alone. */
  private static final long LEAST_WORK = 1_000_000;

  private static final int LEAST_COLUMNS = 64;

  private final ScratchPool<KernelScratch> scratchPool;
  private int m;
  private int k;
  private int n;
  private float alpha;
  private float beta;
  private float[] a;
  private int aOffset;
  private int aRow;
  private int aColumn;
  private float[] b;
  private int bOffset;
  private int bRow;
  private int bColumn;
  private float[] c;
  private int cOffset;
  private boolean byColumns;
  private int blocks;

  GemmCall(ScratchPool<KernelScratch> scratchPool) {
    this.scratchPool = scratchPool;
  }

  /**
   * Runs the product over the last two axes of each operand; {@code entry} indexes the axis before
   * them.
   */
  void run(
      boolean transposeA,
      boolean transposeB,
      double alphaFactor,
      Tensor left,
      Tensor right,
      double betaFactor,
      Tensor result,
      int entry,
      Workers workers) {
    m = result.extent(-2);
    n = result.extent(-1);
    k = left.extent(transposeA ? -2 : -1);
    alpha = (float) alphaFactor;
    beta = (float) betaFactor;
    a = HeapStorage.floats(left);
    aOffset = left.offset() + entry * m * k;
    aRow = transposeA ? 1 : k;
    aColumn = transposeA ? m : 1;
    b = HeapStorage.floats(right);
    bOffset = right.offset() + entry * k * n;
    bRow = transposeB ? 1 : n;
    bColumn = transposeB ? k : 1;
    c = HeapStorage.floats(result);
    cOffset = result.offset() + entry * m * n;
    byColumns = n >= 2 * LEAST_COLUMNS;
    int most = (long) m * n * k < LEAST_WORK ? 1 : workers.threads();
    blocks = Math.max(1, Math.min(most, byColumns ? n / LEAST_COLUMNS : m / 4));
    try {
      workers.run(blocks, this);
    } finally {
      a = null;
      b = null;
      c = null;
    }
  }

  @Override
  public void run(int block) {
    int size = byColumns ? n : m;
    // Multiples of 16 columns keep vectors whole; multiples of 3 rows keep tiles whole.
    int unit = byColumns ? 16 : 3;
    int share = ((size + blocks - 1) / blocks + unit - 1) / unit * unit;
    int from = Math.min(size, block * share);
    int to = Math.min(size, from + share);
    if (from == to) {
      return;
    }
    int row = byColumns ? 0 : from;
    int rows = byColumns ? m : to - from;
    int column = byColumns ? from : 0;
    int columnEnd = byColumns ? to : n;
    KernelScratch scratch = scratchPool.take();
    scratch
        .floatProduct()
        .multiply(
            rows,
            k,
            column,
            columnEnd,
            alpha,
            a,
            aOffset + row * aRow,
            aRow,
            aColumn,
            b,
            bOffset,
            bRow,
            bColumn,
            beta,
            c,
            cOffset + row * n,
            n);
    scratchPool.give(scratch);
  }
}
