package org.recur4j.backend.nd4j.sequence;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.View;

/**
 * The native memory of one pass, allocated from its scope, and the positions of time steps in it.
 *
 * <p>The large matrices have features as rows and packed batch rows (see {@link PackedBatch}) as
 * columns, so that the weights are OpenBLAS's left operand, which is a quarter faster than the
 * right one. For a batch of one, a column would be scattered over the matrix; the matrices are then
 * stored transposed ("on side"), so that a step is contiguous.
 *
 * <p>Inference keeps the pre-activations of a few steps only, and two alternating states.
 */
final class Workspace {
  /**
   * The number of input columns that inference multiplies at once; OpenBLAS is at its best from
   * this size on.
   */
  private static final int CHUNK = 256;

  private static final int CROWDED = 128;
  private static final int PADDING = 16;

  final PlaneLayout layout;
  final UnitCut cut;
  final int inputSize;
  final int hiddenSize;
  final int directions;
  final int maxBatch;
  final boolean training;
  final boolean tracing;
  final boolean masked;
  final PackedBatch batch;
  final SequenceCall call = new SequenceCall();

  /**
   * By direction: the pre-activations [planes·H, columns], replaced by their gradients in backward.
   */
  final View[] z;

  /**
   * By direction: the right operand of W_hh, [H, columns], which is the masked state before each
   * step.
   */
  final View[] left;

  /** By direction: the right operand of W_hn of a reset-before GRU, r·h'. */
  final View[] leftCandidate;

  /** By direction: the state's gradient through W_hh, [H, count]. */
  final View[] stateGradient;

  final View packedX = new View();
  final View packedDx = new View();

  /** Ones, as many as the maximum number of columns. */
  final View ones = new View();

  final float[] zeros;

  private final long columns;
  private final Scope scope;
  private final RecurrentSpec spec;
  private final List<Tensor> tensors = new ArrayList<>();

  /** The scan steps [chunkFrom, chunkTo) whose pre-activations are in {@link #z}. */
  private int chunkFrom;

  private int chunkTo;

  Workspace(
      RecurrentSpec spec, PlaneLayout layout, UnitCut cut, Scope scope, Extent max, Mode mode) {
    this.spec = spec;
    this.layout = layout;
    this.cut = cut;
    this.scope = scope;
    this.inputSize = spec.inputSize();
    this.hiddenSize = spec.hiddenSize();
    this.directions = spec.directions();
    this.maxBatch = max.batch();
    this.training = mode.keepsForBackward();
    this.tracing = mode == Mode.TRACING;
    this.masked = spec.hiddenMask();
    this.batch = new PackedBatch(max.steps(), max.batch());
    this.zeros = new float[Math.max(inputSize, spec.outputSize())];
    long all = (long) max.steps() * max.batch();
    this.columns = all;
    z =
        each(
            (long) layout.planes()
                * hiddenSize
                * (PADDING + (training ? all : Math.min(all, Math.max(CHUNK, max.batch())))));
    long states = (long) hiddenSize * (training ? PADDING + all : 2L * max.batch());
    left = each(states);
    leftCandidate = each(layout.phases() == 1 ? 1 : states);
    stateGradient = each(training ? (long) hiddenSize * max.batch() : 1);
    allocate(packedX, inputSize * all);
    allocate(packedDx, training ? inputSize * all : 1);
    allocate(ones, training ? all : 1);
    if (training) {
      float[] one = {1f};
      for (int i = 0; i < all; i++) {
        ones.put(i, one, 0, 1);
      }
    }
  }

  private View[] each(long elements) {
    View[] views = new View[directions];
    for (int direction = 0; direction < directions; direction++) {
      views[direction] = new View();
      allocate(views[direction], elements);
    }
    return views;
  }

  /** Allocates memory from the pass's scope and sets a view to it. */
  void allocate(View view, long elements) {
    if (elements * DataType.FLOAT32.bytes() > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "open a pass",
          elements + " elements of workspace in one block",
          "at most " + Integer.MAX_VALUE + " bytes per block",
          "Open the pass for fewer steps or a smaller batch");
    }
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of((int) elements));
    tensors.add(tensor);
    view.of(tensor);
  }

  /** Returns the maximum number of packed rows. */
  long columns() {
    return columns;
  }

  long bytes() {
    long bytes = 0;
    for (Tensor tensor : tensors) {
      bytes += (long) tensor.size() * DataType.FLOAT32.bytes();
    }
    return bytes;
  }

  /** Returns the time of a direction's scan step s. */
  int time(int direction, int s) {
    return spec.direction().isReverse(direction) ? batch.longest() - 1 - s : s;
  }

  /** Returns the number of rows present at a scan step. */
  int count(int direction, int s) {
    return batch.count(time(direction, s));
  }

  /** Returns the number of scan steps per chunk, which depends only on the batch. */
  int chunkSteps() {
    return training ? batch.longest() : Math.max(1, CHUNK / batch.batch());
  }

  void chunk(int from, int to) {
    chunkFrom = from;
    chunkTo = to;
  }

  /** Returns the packed position of the chunk's first column. */
  int chunkStart(int direction) {
    return batch.offset(Math.min(time(direction, chunkFrom), time(direction, chunkTo - 1)));
  }

  /** Returns the number of columns of the chunk, over all its times. */
  int chunkColumns(int direction) {
    int last = Math.max(time(direction, chunkFrom), time(direction, chunkTo - 1));
    return batch.offset(last) + batch.count(last) - chunkStart(direction);
  }

  /** Returns the row stride of a chunk's matrix. */
  int chunkStride(int direction) {
    return stride(chunkColumns(direction), chunkTo - chunkFrom);
  }

  /** Returns the row stride of a whole sequence's matrix. */
  int stride() {
    return stride(batch.total(), batch.longest());
  }

  /**
   * Adds padding to strides that are multiples of 512 bytes, because such rows compete for the same
   * cache lines.
   */
  private static int stride(int columns, int steps) {
    return steps > 1 && columns % CROWDED == 0 ? columns + PADDING : columns;
  }

  /** Returns whether the large matrices are stored transposed. */
  boolean onSide() {
    return batch.batch() == 1;
  }

  /** Sets the columns of {@link #z} for a scan step. */
  void gates(int direction, int s, Columns columns) {
    int column = batch.offset(time(direction, s)) - chunkStart(direction);
    columns.of(
        z[direction],
        onSide() ? column * layout.planes() * hiddenSize : column,
        onSide() ? 1 : chunkStride(direction));
  }

  /** Sets the columns of {@link #left} for a scan step. */
  void left(int direction, int s, Columns columns) {
    if (training) {
      whole(left[direction], direction, s, columns);
    } else {
      columns.of(left[direction], (s & 1) * hiddenSize * maxBatch, count(direction, s));
    }
  }

  /** Sets the columns of {@link #leftCandidate} for a scan step. */
  void leftCandidate(int direction, int s, Columns columns) {
    if (training) {
      whole(leftCandidate[direction], direction, s, columns);
    } else {
      columns.of(leftCandidate[direction], 0, count(direction, s));
    }
  }

  private void whole(View matrix, int direction, int s, Columns columns) {
    int column = batch.offset(time(direction, s));
    columns.of(matrix, onSide() ? column * hiddenSize : column, onSide() ? 1 : stride());
  }

  /** Returns x without padding, which is x itself if there is none. */
  View input() {
    return batch.isFull() ? call.x : packedX;
  }
}
