package org.recur4j.backend.cuda.sequence;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.KernelModule;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.product.ChunkSums;
import org.recur4j.backend.cuda.product.Gemm;
import org.recur4j.backend.cuda.product.MatrixProducts;

/**
 * The kernels and products over all steps of a sequence, on device addresses. Used under the
 * queue's monitor.
 */
final class SequenceKernels {
  private static final int COLUMNS = 32;
  private static final int THREADS = 256;

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
   * Looks up the kernels.
   *
   * @param device the device
   * @param products products over all steps
   * @param tensorCores whether products over all steps round their operands to TF32
   */
  SequenceKernels(Device device, MatrixProducts products, boolean tensorCores) {
    this.queue = device.queue();
    KernelModule module = device.module();
    this.product = products.gemm(tensorCores);
    this.storeState = module.kernel("store_state");
    this.writeSeries = module.kernel("write_series");
    this.readSeries = module.kernel("read_series");
    this.packBias = module.kernel("pack_bias");
    this.columnSums = module.kernel("column_sums");
    this.sums = new ChunkSums(device);
    this.scaleAdd = module.kernel("scale_add");
    this.maskPast = module.kernel("mask_past");
  }

  /** Copies a state; a source of 0 means zeros, a target of 0 is skipped. */
  void storeState(long hidden, long cell, long toHidden, long toCell, int n) {
    storeState(hidden, cell, toHidden, toCell, 0, 0, 0, n);
  }

  /** Copies a state, and stores the hidden mask and the masked state. */
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

  /** Copies a series to columns of a wider tensor, with 0 past the lengths. */
  void writeSeries(long x, long lengths, long y, int batch, int width, int stride, int rows) {
    series(writeSeries, x, lengths, y, batch, width, stride, rows);
  }

  /** Copies columns of a wider tensor to a series, with 0 past the lengths or without a source. */
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

  /** Computes y += x. */
  void add(long x, long y, int n) {
    queue.begin(scaleAdd).address(x).address(y).number(1).number(1).integer(n).overElements(n);
  }

  /**
   * Sums the columns of {@code [rows, width]}; {@code parts} has {@link ChunkSums#chunks} times
   * width elements.
   */
  void columnSums(long x, long parts, long sums, int rows, int width) {
    int chunks = ChunkSums.chunks(rows, 1);
    int chunk = (rows - 1) / chunks + 1;
    int count = (rows - 1) / chunk + 1;
    queue.begin(columnSums).address(x).address(parts);
    queue.integer(rows).integer(width).integer(width).integer(chunk);
    queue.run((width - 1) / COLUMNS + 1, count, 1, THREADS);
    this.sums.add(parts, sums, 0, count, width);
  }

  /**
   * Computes y += AᵀB over all rows.
   *
   * @param a address of {@code [rows, m]} with leading dimension lda
   * @param b address of {@code [rows, n]}
   * @param parts address of memory for {@link ChunkSums#partElements} floats
   * @param y address of {@code [m, n]}
   */
  void addTransposedProduct(long a, int lda, long b, int n, long parts, long y, int m, int rows) {
    product.left(a, lda, true).right(b, n, false).result(y, n).accumulate(m, n, rows, parts);
  }
}
