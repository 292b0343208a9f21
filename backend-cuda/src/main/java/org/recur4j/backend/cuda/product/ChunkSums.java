package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * Sums over long sequences in chunks: the number of chunks, and the kernel that adds their partial
 * sums in order. Used under the queue's monitor.
 */
public final class ChunkSums {
  /** The minimum number of rows per partial sum, which limits the number of partial sums. */
  private static final int LEAST_CHUNK = 256;

  /**
   * The maximum number of rows per partial sum, because longer chains of single-precision additions
   * lose accuracy.
   */
  static final int LONGEST_CHUNK = 8192;

  private static final int MOST_CHUNKS = 32;

  /** The number of blocks that occupies a device. */
  private static final int ENOUGH_BLOCKS = 128;

  private final LaunchQueue queue;
  private final Kernel sumChunks;

  /** Looks up the kernel that adds partial sums. */
  public ChunkSums(Device device) {
    this.queue = device.queue();
    this.sumChunks = device.module().kernel("sum_chunks");
  }

  /** Computes y = β y + the sum over the first axis of {@code [count, n]}. */
  public void add(long parts, long y, double beta, int count, int n) {
    queue.begin(sumChunks).address(parts).address(y).number(beta).integer(count).integer(n);
    queue.overElements(n);
  }

  /** Returns the number of floats for the partial sums of a product {@code [m, rows]·[rows, n]}. */
  public static long partElements(int m, int n, int rows) {
    return (long) chunks(rows, m, n) * m * n;
  }

  /** Returns the number of chunks of a sum over rows whose result is {@code [m, n]}. */
  static int chunks(int rows, int m, int n) {
    return chunks(rows, blocks(m, n));
  }

  /**
   * Returns the number of blocks by shape, regardless of the tile that is used, because chunks
   * affect the bits of a result.
   */
  private static long blocks(int m, int n) {
    int tile = Tiling.square(m, n, 1);
    return Tiling.blocks(m, tile) * Tiling.blocks(n, tile);
  }

  /** Returns the number of chunks of a sum over rows, given the number of blocks per chunk. */
  public static int chunks(int rows, long blocks) {
    int wanted = (int) Math.min((ENOUGH_BLOCKS - 1) / blocks + 1, MOST_CHUNKS);
    int possible = Math.max(1, rows / LEAST_CHUNK);
    int needed = (rows - 1) / LONGEST_CHUNK + 1;
    return Math.max(Math.min(wanted, possible), needed);
  }
}
