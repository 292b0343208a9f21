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
 * The native memory of one pass, from its scope, and where in it a time step lies.
 *
 * <p>The large matrices have features for rows and packed batch rows (see {@link PackedBatch}) for
 * columns, so that OpenBLAS gets the weights as its left operand, a quarter faster than as its
 * right one. With a batch of one a column would be scattered over the matrix; then they are stored
 * on their side, and a step is contiguous.
 *
 * <p>Inference keeps the pre-activations of a few steps only, and two states in turn.
 */
final class Workspace {
  /** Columns of input that inference multiplies at once: OpenBLAS is at its best from here on. */
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

  /** Of a direction: pre-activations [planes·H, columns], in backward their gradients. */
  final View[] z;

  /** Of a direction: what W_hh multiplies, [H, columns]: the state before each step, masked. */
  final View[] left;

  /** The same for W_hn of a reset-before GRU: r·h'. */
  final View[] leftCandidate;

  /** Of a direction: the state's gradient through W_hh, [H, count]. */
  final View[] stateGradient;

  final View packedX = new View();
  final View packedDx = new View();

  /** As many as there can be columns. */
  final View ones = new View();

  final float[] zeros;

  private final long columns;
  private final Scope scope;
  private final RecurrentSpec spec;
  private final List<Tensor> tensors = new ArrayList<>();

  /** Scan steps [from, to) whose pre-activations are in {@link #z} now. */
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

  /** Points a view at fresh memory of the pass's scope. */
  void allocate(View view, long elements) {
    if (elements * DataType.FLOAT32.bytes() > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "open a pass",
          elements + " elements of workspace in one block",
          "at most " + Integer.MAX_VALUE + " bytes a block",
          "Open it for fewer steps or a smaller batch");
    }
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of((int) elements));
    tensors.add(tensor);
    view.of(tensor);
  }

  /** The largest number of packed rows. */
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

  /** The time that a direction's scan step s looks at. */
  int time(int direction, int s) {
    return spec.direction().isReverse(direction) ? batch.longest() - 1 - s : s;
  }

  /** Rows present at a scan step. */
  int count(int direction, int s) {
    return batch.count(time(direction, s));
  }

  /** Scan steps a chunk holds; depends on the batch alone. */
  int chunkSteps() {
    return training ? batch.longest() : Math.max(1, CHUNK / batch.batch());
  }

  void chunk(int from, int to) {
    chunkFrom = from;
    chunkTo = to;
  }

  /** The packed position of the chunk's first column. */
  int chunkStart(int direction) {
    return batch.offset(Math.min(time(direction, chunkFrom), time(direction, chunkTo - 1)));
  }

  /** Columns of the chunk, over all its times. */
  int chunkColumns(int direction) {
    int last = Math.max(time(direction, chunkFrom), time(direction, chunkTo - 1));
    return batch.offset(last) + batch.count(last) - chunkStart(direction);
  }

  /** From one row of a chunk's matrix to the next. */
  int chunkStride(int direction) {
    return stride(chunkColumns(direction), chunkTo - chunkFrom);
  }

  /** From one row of a whole sequence's matrix to the next. */
  int stride() {
    return stride(batch.total(), batch.longest());
  }

  /** Rows that lie multiples of 512 bytes apart fight for the same lines of the cache. */
  private static int stride(int columns, int steps) {
    return steps > 1 && columns % CROWDED == 0 ? columns + PADDING : columns;
  }

  /** Whether the large matrices lie on their side now. */
  boolean onSide() {
    return batch.batch() == 1;
  }

  /** Columns of {@link #z} of a scan step. */
  void gates(int direction, int s, Columns columns) {
    int column = batch.offset(time(direction, s)) - chunkStart(direction);
    columns.of(
        z[direction],
        onSide() ? column * layout.planes() * hiddenSize : column,
        onSide() ? 1 : chunkStride(direction));
  }

  /** Columns of {@link #left} of a scan step. */
  void left(int direction, int s, Columns columns) {
    if (training) {
      whole(left[direction], direction, s, columns);
    } else {
      columns.of(left[direction], (s & 1) * hiddenSize * maxBatch, count(direction, s));
    }
  }

  /** Columns of {@link #leftCandidate} of a scan step. */
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

  /** x without padding: x itself if there is none. */
  View input() {
    return batch.isFull() ? call.x : packedX;
  }
}
