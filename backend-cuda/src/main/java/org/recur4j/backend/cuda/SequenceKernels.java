package org.recur4j.backend.cuda;

/** What surrounds the steps of a whole sequence, by address; used under the queue's monitor. */
final class SequenceKernels {
  private static final int COLUMNS = 32;
  private static final int THREADS = 256;

  /** Rows that one partial sum takes at least, so that the partial sums stay few. */
  private static final int LEAST_CHUNK = 256;

  /** Longer chains of additions in single precision lose digits. */
  static final int LONGEST_CHUNK = 8192;

  private static final int MOST_CHUNKS = 32;

  /** Blocks that keep a device busy. */
  private static final int ENOUGH_BLOCKS = 128;

  final Gemm product;
  private final LaunchQueue queue;
  private final Kernel storeState;
  private final Kernel writeSeries;
  private final Kernel readSeries;
  private final Kernel packBias;
  private final Kernel columnSums;
  private final ChunkSums sums;
  private final Kernel scaleAdd;
  private final Kernel maskPast;

  /**
   * Finds the kernels.
   *
   * @param tensorCores whether products over all steps round their operands to TF32
   */
  SequenceKernels(Device device, boolean tensorCores) {
    this.queue = device.queue();
    KernelModule module = device.module();
    this.product = device.gemm(tensorCores);
    this.storeState = module.kernel("store_state");
    this.writeSeries = module.kernel("write_series");
    this.readSeries = module.kernel("read_series");
    this.packBias = module.kernel("pack_bias");
    this.columnSums = module.kernel("column_sums");
    this.sums = new ChunkSums(device);
    this.scaleAdd = module.kernel("scale_add");
    this.maskPast = module.kernel("mask_past");
  }

  /** Copies a state; sources of 0 are zeros, targets of 0 nowhere. */
  void storeState(long hidden, long cell, long toHidden, long toCell, int n) {
    storeState(hidden, cell, toHidden, toCell, 0, 0, 0, n);
  }

  /** The same, and keeps the hidden mask and the masked state. */
  void storeState(
      long hidden,
      long cell,
      long toHidden,
      long toCell,
      long mask,
      long toMask,
      long toMasked,
      int n) {
    queue.begin(storeState).address(hidden).address(cell).address(toHidden).address(toCell);
    queue.address(mask).address(toMask).address(toMasked).integer(n).overElements(n);
  }

  /** A series to columns of a wider tensor, 0 past the lengths. */
  void writeSeries(long x, long lengths, long y, int batch, int width, int stride, int rows) {
    series(writeSeries, x, lengths, y, batch, width, stride, rows);
  }

  /** Columns of a wider tensor to a series, 0 past the lengths or without a source. */
  void readSeries(long x, long lengths, long y, int batch, int width, int stride, int rows) {
    series(readSeries, x, lengths, y, batch, width, stride, rows);
  }

  private void series(
      Kernel kernel, long x, long lengths, long y, int batch, int width, int stride, int rows) {
    int n = rows * width;
    queue.begin(kernel).address(x).address(lengths).address(y);
    queue.integer(batch).integer(width).integer(stride).integer(n).overElements(n);
  }

  void maskPast(long lengths, long x, long y, int batch, int width, int rows) {
    int n = rows * width;
    queue.begin(maskPast).address(lengths).address(x).address(y);
    queue.integer(batch).integer(width).integer(n).overElements(n);
  }

  void packBias(long input, long hidden, long packed, int added, int n) {
    queue.begin(packBias).address(input).address(hidden).address(packed);
    queue.integer(added).integer(n).overElements(n);
  }

  /** y += x. */
  void add(long x, long y, int n) {
    queue.begin(scaleAdd).address(x).address(y).number(1).number(1).integer(n).overElements(n);
  }

  /** Sums the columns of {@code [rows, width]}; {@code parts} holds {@link #chunks} times width. */
  void columnSums(long x, long parts, long sums, int rows, int width) {
    int chunks = chunks(rows, 1);
    int chunk = (rows - 1) / chunks + 1;
    int count = (rows - 1) / chunk + 1;
    queue.begin(columnSums).address(x).address(parts);
    queue.integer(rows).integer(width).integer(width).integer(chunk);
    queue.run((width - 1) / COLUMNS + 1, count, 1, THREADS);
    this.sums.add(parts, sums, 0, count, width);
  }

  /**
   * y += AᵀB over all rows.
   *
   * @param a {@code [rows, m]} with leading dimension lda
   * @param b {@code [rows, n]}
   * @param parts room for {@link #partElements}
   * @param y {@code [m, n]}
   */
  void addTransposedProduct(long a, int lda, long b, int n, long parts, long y, int m, int rows) {
    product.left(a, lda, true).right(b, n, false).result(y, n).accumulate(m, n, rows, parts);
  }

  /** Floats that {@link #addTransposedProduct} needs for its chunks. */
  static long partElements(int m, int n, int rows) {
    return (long) chunks(rows, m, n) * m * n;
  }

  /** Into how many chunks our kernels cut a sum over so many rows with a result of m times n. */
  static int chunks(int rows, int m, int n) {
    return chunks(rows, blocks(m, n));
  }

  /** By shape whatever tile runs, since chunks do change bits. */
  private static long blocks(int m, int n) {
    int tile = Tiling.square(m, n, 1);
    return Tiling.blocks(m, tile) * Tiling.blocks(n, tile);
  }

  /** Into how many chunks so many rows are cut when each chunk makes so many blocks. */
  static int chunks(int rows, long blocks) {
    int wanted = (int) Math.min((ENOUGH_BLOCKS - 1) / blocks + 1, MOST_CHUNKS);
    int possible = Math.max(1, rows / LEAST_CHUNK);
    int needed = (rows - 1) / LONGEST_CHUNK + 1;
    return Math.max(Math.min(wanted, possible), needed);
  }
}
