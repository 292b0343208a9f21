package org.recur4j.backend.cuda;

/** Joins partial results in the order of their chunks; used under the queue's monitor. */
final class ChunkSums {
  private final LaunchQueue queue;
  private final Kernel sumChunks;

  ChunkSums(Device device) {
    this.queue = device.queue();
    this.sumChunks = device.module().kernel("sum_chunks");
  }

  /** y = β y + the sum over {@code [count, n]}. */
  void add(long parts, long y, double beta, int count, int n) {
    queue.begin(sumChunks).address(parts).address(y).number(beta).integer(count).integer(n);
    queue.overElements(n);
  }
}
