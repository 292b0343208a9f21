package org.recur4j.backend.cuda.product;

import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * Sums over long sequences in chunks: how many chunks there are, and the kernel that adds their
 * partial sums in order. Used under the queue's monitor.
 */
public final class ChunkSums {
  /** Rows that one partial sum takes at least, so that the partial sums stay few. */
  private static final int LEAST_CHUNK = 256;

  /** Longer chains of additions in single precision lose digits. */
  static final int LONGEST_CHUNK = 8192;

  private static final int MOST_CHUNKS = 32;

  /** Blocks that keep a device busy. */
  private static final int ENOUGH_BLOCKS = 128;

  private final LaunchQueue queue;
  private final Kernel sumChunks;

  /** Looks up the kernel that adds partial sums. */
  public ChunkSums(Device device) {
    this.queue = device.queue();
    this.sumChunks = device.module().kernel("sum_chunks");
  }

  /** y = β y + the sum over {@code [count, n]}. */
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

  /** By shape, whichever tile runs, because chunks change the bits of a result. */
  private static long blocks(int m, int n) {
    int tile = Tiling.square(m, n, 1);
    return Tiling.blocks(m, tile) * Tiling.blocks(n, tile);
  }

  /** Returns the number of chunks of a sum over rows whose chunks have so many blocks each. */
  public static int chunks(int rows, long blocks) {
    int wanted = (int) Math.min((ENOUGH_BLOCKS - 1) / blocks + 1, MOST_CHUNKS);
    int possible = Math.max(1, rows / LEAST_CHUNK);
    int needed = (rows - 1) / LONGEST_CHUNK + 1;
    return Math.max(Math.min(wanted, possible), needed);
  }
}
