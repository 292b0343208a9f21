package org.recur4j.backend.cuda.driver;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Shape;

/**
 * Axes with the strides of two operands. Axes that are contiguous in both operands are merged, so
 * that kernels need few divisions. An instance must be used by the holder of the queue; allocates
 * nothing.
 */
public final class MergedAxes {
  private static final int MOST = 8;

  private final int[] extents = new int[MOST];
  private final int[] first = new int[MOST];
  private final int[] second = new int[MOST];
  private int rank;

  /** Removes all axes. */
  public void clear() {
    rank = 0;
  }

  /** Adds the next outer axis. */
  public void add(int extent, int firstStride, int secondStride) {
    if (extent == 1) {
      return;
    }
    int inner = rank - 1;
    if (rank > 0
        && firstStride == first[inner] * extents[inner]
        && secondStride == second[inner] * extents[inner]) {
      extents[inner] *= extent;
      return;
    }
    if (rank == MOST) {
      throw new InvalidArgumentException(
          "broadcast on cuda",
          "more than " + MOST + " axes that cannot be merged",
          "at most " + MOST,
          "Copy an operand to its full shape first");
    }
    extents[rank] = extent;
    first[rank] = firstStride;
    second[rank] = secondStride;
    rank++;
  }

  /** Sets the axes of a full shape, with the strides of two operands that broadcast to it. */
  public void broadcast(Shape full, Shape a, Shape b) {
    clear();
    int strideA = 1;
    int strideB = 1;
    for (int axis = full.rank() - 1; axis >= 0; axis--) {
      int extent = full.extent(axis);
      int ownA = own(a, full, axis);
      int ownB = own(b, full, axis);
      add(extent, ownA == 1 ? 0 : strideA, ownB == 1 ? 0 : strideB);
      strideA *= ownA;
      strideB *= ownB;
    }
  }

  /** Returns an operand's extent at an axis of the full shape, 1 if it has no such axis. */
  public static int own(Shape operand, Shape full, int axis) {
    int at = axis - full.rank() + operand.rank();
    return at < 0 ? 1 : operand.extent(at);
  }

  /** Returns whether the innermost remaining axis has stride 1 in the first operand. */
  public boolean isDense() {
    return rank > 0 && first[0] == 1;
  }

  /** Returns the number of axes, at least 1. */
  public int rank() {
    return Math.max(rank, 1);
  }

  /** Writes the extents, outermost first, as in the kernels' structs. */
  public void writeExtents(LaunchQueue queue) {
    for (int i = 0; i < MOST; i++) {
      queue.integer(i < rank ? extents[rank - 1 - i] : 1);
    }
  }

  /** Writes the strides of the first operand, outermost first. */
  public void writeFirst(LaunchQueue queue) {
    for (int i = 0; i < MOST; i++) {
      queue.integer(i < rank ? first[rank - 1 - i] : 0);
    }
  }

  /** Writes the kernels' struct Broadcast. */
  public void writeBroadcast(LaunchQueue queue) {
    queue.integer(rank());
    writeExtents(queue);
    writeFirst(queue);
    for (int i = 0; i < MOST; i++) {
      queue.integer(i < rank ? second[rank - 1 - i] : 0);
    }
  }
}
