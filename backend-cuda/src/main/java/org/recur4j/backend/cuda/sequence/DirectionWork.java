package org.recur4j.backend.cuda.sequence;

import java.util.Locale;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.backend.cuda.driver.CudaStorage;
import org.recur4j.backend.cuda.product.ChunkSums;

/**
 * The device memory of one direction, in the order of time for both directions; a row keeps its
 * state at times past its length. States have T + 1 slots, so that the states before and after time
 * t are adjacent.
 */
final class DirectionWork {
  final boolean reverse;
  private final int size;
  private final FusedCell cell;
  private final boolean keepsSteps;
  private long bytes;

  /** h in T + 1 slots {@code [B, H]}. */
  private final long hidden;

  /** mask · h in T + 1 slots, or 0 if absent. */
  private final long masked;

  /** The hidden mask {@code [B, H]}, or 0 if absent. */
  final long mask;

  /** c in T + 1 slots, or 0 if absent. */
  private final long cells;

  /** {@code [T, B, G·H]}: pre-activations, then activated gates. */
  private final long gates;

  /** For a GRU, hn or r · h̃: {@code [T, B, H]}, or one step of it, or 0 if absent. */
  private final long extra;

  /** Gradients of the pre-activations {@code [T, B, ·]}, or 0 if absent. */
  private final long gradients;

  /** ∂L/∂h {@code [T, B, H]}, or 0 if absent. */
  private final long hiddenGradients;

  final long carry;
  final long cellGradient;

  /** Partial sums of the weights' gradients. */
  final long parts;

  /** Column sums of the gradients. */
  final long sums;

  DirectionWork(RecurrentSpec spec, boolean reverse, Scope scope, Extent max, Mode mode) {
    this.reverse = reverse;
    this.size = spec.hiddenSize();
    this.cell = FusedCell.of(spec);
    this.keepsSteps = mode.keepsForBackward();
    int rows = max.steps() * max.batch();
    int state = max.batch() * size;
    int slots = rows * size + state;
    boolean before = cell == FusedCell.GRU_RESET_BEFORE;
    int kept = keepsSteps && (before || cell == FusedCell.GRU_RESET_AFTER) ? rows * size : 0;
    this.hidden = reserve(scope, slots);
    this.masked = reserve(scope, spec.hiddenMask() ? slots : 0);
    this.mask = reserve(scope, spec.hiddenMask() ? state : 0);
    this.cells = reserve(scope, cell.hasCellState() ? slots : 0);
    this.gates = reserve(scope, rows * cell.gates() * size);
    this.extra = reserve(scope, before && !keepsSteps ? state : kept);
    int width = gradientBlocks(cell) * size;
    this.gradients = reserve(scope, keepsSteps ? rows * width : 0);
    this.hiddenGradients = reserve(scope, keepsSteps ? rows * size : 0);
    this.carry = reserve(scope, keepsSteps ? state : 0);
    this.cellGradient = reserve(scope, keepsSteps && cell.hasCellState() ? state : 0);
    this.parts = reserve(scope, keepsSteps ? partElements(spec, rows, width) : 0);
    this.sums = reserve(scope, keepsSteps ? width : 0);
  }

  /**
   * Returns the number of blocks of H columns in a row of gradients. A GRU with reset after the
   * product has n, r, z and hn, whose gradient is that of n times the reset gate; the other cells
   * have one block per gate.
   */
  static int gradientBlocks(FusedCell cell) {
    return cell == FusedCell.GRU_RESET_AFTER ? 4 : cell.gates();
  }

  /** Returns the first block that belongs to the product of the hidden state. */
  static int firstHiddenBlock(FusedCell cell) {
    return cell == FusedCell.GRU_RESET_AFTER ? 1 : 0;
  }

  /**
   * Validates that the number of elements of the largest array fits in 32 bits, as the kernels
   * require.
   */
  static void checkSize(RecurrentSpec spec, Extent max) {
    FusedCell cell = FusedCell.of(spec);
    int size = spec.hiddenSize();
    int blocks = gradientBlocks(cell);
    long step = (long) max.batch() * size * blocks;
    if ((max.steps() + 1L) > Integer.MAX_VALUE / step) {
      throw new InvalidArgumentException(
          "reserve memory for " + spec.cell() + " on the CUDA device",
          String.format(
              Locale.ROOT,
              "%,d steps of %,d sequences with %,d hidden units in %d blocks",
              max.steps(),
              max.batch(),
              size,
              blocks),
          String.format(
              Locale.ROOT, "at most %,d steps, for 2³¹ values", Integer.MAX_VALUE / step - 1),
          "Make the batch smaller, or train on chunks of the sequence (truncated backpropagation)");
    }
  }

  private int partElements(RecurrentSpec spec, int rows, int width) {
    long most = (long) ChunkSums.chunks(rows, 1) * width;
    for (int blocks = 1; blocks <= cell.gates(); blocks++) {
      int m = blocks * size;
      most = Math.max(most, ChunkSums.partElements(m, spec.inputSize(), rows));
      most = Math.max(most, ChunkSums.partElements(m, size, rows));
    }
    return Math.toIntExact(most);
  }

  private long reserve(Scope scope, int elements) {
    if (elements == 0) {
      return 0;
    }
    bytes += 4L * elements;
    return CudaStorage.address(scope.create(DataType.FLOAT32, Shape.of(elements)));
  }

  long bytes() {
    return bytes;
  }

  private int slotBefore(int time) {
    return reverse ? time + 1 : time;
  }

  private long slot(long series, int slot, int batch) {
    return series == 0 ? 0 : series + 4L * slot * batch * size;
  }

  /** Returns the address of h before time t, which for time 0 is the start of a forward series. */
  long before(int time, int batch) {
    return slot(hidden, slotBefore(time), batch);
  }

  long after(int time, int batch) {
    return slot(hidden, slotBefore(time) + (reverse ? -1 : 1), batch);
  }

  /**
   * Returns the address of the left operand of the recurrent product: h before time t, masked if
   * there is a mask.
   */
  long operand(int time, int batch) {
    return masked == 0 ? before(time, batch) : slot(masked, slotBefore(time), batch);
  }

  long maskedAfter(int time, int batch) {
    return slot(masked, slotBefore(time) + (reverse ? -1 : 1), batch);
  }

  long cellBefore(int time, int batch) {
    return slot(cells, slotBefore(time), batch);
  }

  long cellAfter(int time, int batch) {
    return slot(cells, slotBefore(time) + (reverse ? -1 : 1), batch);
  }

  long gates(int time, int batch) {
    return gates + 4L * time * batch * cell.gates() * size;
  }

  /** Returns the address of all slots of h, for kernels that iterate over them. */
  long hiddenSlots() {
    return hidden;
  }

  /** Returns the address of all slots of mask · h, or 0 if absent. */
  long maskedSlots() {
    return masked;
  }

  /** Returns the address of all slots of c, or 0 if absent. */
  long cellSlots() {
    return cells;
  }

  /** Returns the address of the GRU's extra series if it is kept for all steps, else 0. */
  long keptExtra() {
    return keepsSteps ? extra : 0;
  }

  /**
   * Returns the address of the GRU's extra values; without backward, all steps share one step's
   * memory.
   */
  long extra(int time, int batch) {
    return keepsSteps ? slot(extra, time, batch) : extra;
  }

  long gradient(int time, int batch) {
    return gradients + 4L * time * batch * gradientBlocks(cell) * size;
  }

  long hiddenGradient(int time, int batch) {
    return slot(hiddenGradients, time, batch);
  }
}
