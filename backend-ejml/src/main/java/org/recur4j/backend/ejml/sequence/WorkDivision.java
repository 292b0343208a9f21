package org.recur4j.backend.ejml.sequence;

import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.ejml.engine.ScratchPanel;

/**
 * The division of the work of a pass into blocks for threads. It depends on sizes and on the
 * requested number of threads, never on which thread is free. It changes no bits of a result,
 * because every element is summed in a fixed order.
 *
 * @param rowBlocks the number of blocks of batch rows, for each direction
 * @param rows the largest number of rows of a block
 * @param columns the number of columns of dZ for each part of the weight gradients
 */
record WorkDivision(int rowBlocks, int rows, int columns) {
  /** With fewer rows in a block, the products lose more than a second thread gains. */
  private static final int LEAST_ROWS = 4;

  /** The smallest number of columns of a part, and a divisor of their number. */
  private static final int LEAST_COLUMNS = 64;

  /** The number of multiplications below which waking a thread costs more than it saves. */
  private static final long LEAST_WORK = 1_000_000;

  static WorkDivision of(FusedCell cell, int hiddenSize, int directions, int batch, int threads) {
    int wanted = (threads + directions - 1) / directions;
    int rowBlocks = Math.max(1, Math.min(wanted, batch / LEAST_ROWS));
    int rows = (batch + rowBlocks - 1) / rowBlocks;
    return new WorkDivision(rowBlocks, rows, columns(cell, hiddenSize, directions, threads));
  }

  /**
   * Returns the number of columns of a panel, or fewer if a thread would otherwise have no work.
   */
  private static int columns(FusedCell cell, int hiddenSize, int directions, int threads) {
    if (threads == 1) {
      return ScratchPanel.WIDTH;
    }
    int share = cell.gates() * hiddenSize * directions / (2 * threads);
    return Math.max(LEAST_COLUMNS, Math.min(ScratchPanel.WIDTH, share & -LEAST_COLUMNS));
  }

  /** Returns whether a call has enough work for more than one thread. */
  static boolean isShared(FusedCell cell, SequenceArrays arrays) {
    long perRow = (long) cell.gates() * arrays.hiddenSize * (arrays.inputSize + arrays.hiddenSize);
    return arrays.steps * (long) arrays.batch * arrays.directions * perRow >= LEAST_WORK;
  }
}
