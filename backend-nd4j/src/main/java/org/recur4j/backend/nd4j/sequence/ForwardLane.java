package org.recur4j.backend.nd4j.sequence;

import java.util.Arrays;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.nd4j.kernel.Activations;
import org.recur4j.backend.nd4j.kernel.Loops;
import org.recur4j.backend.nd4j.natives.View;

/** The forward scan of a lane. */
final class ForwardLane extends Lane {
  /** [planes][units, rows present]: pre-activations, then activated values. */
  private final float[][] planes;

  private final float[][] biasPlanes;
  private final float[] hidden;

  /** h·mask; the same array as h if there is no mask. */
  private final float[] maskedHidden;

  private final float[] cellState;
  private final float[] scratch;

  /** The planes of every step that backward reads; allocated for training only. */
  final View saved = new View();

  private PackedWeights weights;
  private int biasRows;

  ForwardLane(Workspace space, int direction, int part) {
    super(space, direction, part);
    int n = units * space.maxBatch;
    this.planes = new float[layout.planes()][n];
    this.biasPlanes = new float[layout.planes()][n];
    this.hidden = new float[n];
    this.maskedHidden = space.masked ? new float[n] : hidden;
    this.cellState = new float[cell.hasCellState() ? n : 0];
    this.scratch = new float[n];
    if (space.training) {
      space.allocate(saved, (long) layout.savedPlanes() * units * space.columns());
    }
  }

  /** Sets the states before the first step, and copies those of rows without steps. */
  void begin(PackedWeights packed) {
    weights = packed;
    biasRows = 0;
    forgetMask();
    pass(space.call.initial[0], space.call.last[0]);
    if (cell.hasCellState()) {
      pass(space.call.initial[1], space.call.last[1]);
    }
    if (space.batch.longest() > 0) {
      int count = space.count(direction, 0);
      join(0, count);
      offer(0, count);
    }
  }

  /** Runs one phase of scan step s. */
  void step(int s, int phase) {
    int count = space.count(direction, s);
    space.gates(direction, s, gates);
    space.left(direction, s, left);
    prepare(count);
    if (cell == FusedCell.GRU_RESET_BEFORE) {
      space.leftCandidate(direction, s, leftCandidate);
      if (phase == 0) {
        reset(count);
        return;
      }
      multiply(weights.candidate(from, 0), units, leftCandidate, 1f, gates, firstRow(3), count);
    } else {
      multiplyState(count);
    }
    int n = units * count;
    activate(s, count, n);
    if (space.call.y.isPresent()) {
      storeOutput(space.call.y, space.time(direction, s), hidden, count);
    }
    advance(s, count);
  }

  private void multiplyState(int count) {
    int planeCount = layout.planes();
    int row = firstRow(planeCount) + layout.stateFrom() * units;
    long w = weights.state(weights.stateRow(part), 0);
    if (cell == FusedCell.GRU_RESET_AFTER) {
      // hn depends on the state only, so the product overwrites it and does not read the old value.
      multiply(w, 2 * units, left, 1f, gates, row, count);
      long candidate = weights.state(weights.stateRow(part) + 2 * units, 0);
      multiply(candidate, units, left, 0f, gates, row + 2 * units, count);
    } else {
      multiply(w, layout.statePlanes() * units, left, 1f, gates, row, count);
    }
  }

  /** Computes the first phase of a reset-before GRU: r, and r·h' for the candidate's product. */
  private void reset(int count) {
    int n = units * count;
    int row = firstRow(3);
    multiply(
        weights.state(weights.stateRow(part), 0), 2 * units, left, 1f, gates, row + units, count);
    load(1, count);
    Activations.sigmoid(planes[1], n);
    GateMath.product(planes[1], maskedHidden, scratch, n);
    leftCandidate.put(from, units, count, scratch);
  }

  /** Loads a plane's pre-activations and adds the bias. */
  private void load(int plane, int count) {
    gates.get(firstRow(layout.planes()) + plane * units, units, count, planes[plane]);
    Loops.add(planes[plane], biasPlanes[plane], units * count);
  }

  private void activate(int s, int count, int n) {
    for (int plane = 0; plane < layout.planes(); plane++) {
      if (plane != 1 || cell != FusedCell.GRU_RESET_BEFORE) {
        load(plane, count);
      }
    }
    switch (cell) {
      case TANH -> Activations.tanh(planes[0], n);
      case RELU -> Activations.rectify(planes[0], n);
      case LSTM -> {
        Activations.sigmoid(planes[0], n);
        Activations.sigmoid(planes[1], n);
        Activations.tanh(planes[2], n);
        Activations.sigmoid(planes[3], n);
      }
      case GRU_RESET_AFTER -> {
        Activations.sigmoid(planes[1], n);
        Activations.sigmoid(planes[2], n);
        Loops.addProduct(planes[1], planes[3], planes[0], n);
        Activations.tanh(planes[0], n);
      }
      case GRU_RESET_BEFORE -> {
        Activations.sigmoid(planes[2], n);
        Activations.tanh(planes[0], n);
      }
    }
    for (int plane = 0; plane < layout.planes(); plane++) {
      save(s, plane, planes[plane], n);
    }
    int extra = layout.planes();
    if (cell.hasCellState()) {
      save(s, extra, cellState, n);
      GateMath.lstmCell(planes[0], planes[1], planes[2], cellState, n);
      System.arraycopy(cellState, 0, scratch, 0, n);
      Activations.tanh(scratch, n);
      save(s, extra + 1, scratch, n);
      GateMath.product(planes[3], scratch, hidden, n);
    } else if (cell.isGru()) {
      save(s, extra, hidden, n);
      GateMath.gruOutput(planes[2], planes[0], hidden, n);
    } else {
      System.arraycopy(planes[0], 0, hidden, 0, n);
    }
  }

  private void save(int s, int plane, float[] values, int n) {
    if (space.training) {
      saved.put(savedIndex(s, plane), values, 0, n);
    }
  }

  /** Returns the position of a saved plane of a scan step: [units, rows present]. */
  int savedIndex(int s, int plane) {
    int time = space.time(direction, s);
    return (space.batch.offset(time) * layout.savedPlanes() + plane * space.batch.count(time))
        * units;
  }

  /**
   * Stores the states of rows that ended, adds rows that start, and passes the state to the next
   * step's product.
   */
  private void advance(int s, int count) {
    boolean more = s + 1 < space.batch.longest();
    int next = more ? space.count(direction, s + 1) : 0;
    if (next < count) {
      store(hidden, count, next, count, space.call.last[0]);
      if (cell.hasCellState()) {
        store(cellState, count, next, count, space.call.last[1]);
      }
    }
    if (more) {
      resize(hidden, count, next);
      if (cell.hasCellState()) {
        resize(cellState, count, next);
      }
      join(count, next);
      offer(s + 1, next);
    }
  }

  /** Loads the initial states of rows [first, count). */
  private void join(int first, int count) {
    load(space.call.initial[0], first, count, hidden, count);
    if (cell.hasCellState()) {
      load(space.call.initial[1], first, count, cellState, count);
    }
  }

  /** Stores h, multiplied by the mask, where the product of scan step s reads it. */
  private void offer(int s, int count) {
    if (space.masked) {
      loadMask(count);
      GateMath.product(hidden, maskPlane, maskedHidden, units * count);
    }
    space.left(direction, s, left);
    left.put(from, units, count, maskedHidden);
  }

  /** Repeats each unit's bias for the rows present. */
  private void prepare(int count) {
    if (biasRows == count) {
      return;
    }
    for (int plane = 0; plane < layout.planes(); plane++) {
      float[] bias = weights.bias(plane);
      for (int u = 0; u < units; u++) {
        Arrays.fill(biasPlanes[plane], u * count, (u + 1) * count, bias[from + u]);
      }
    }
    biasRows = count;
  }

  /** Computes Z = W_ih·xᵀ for the columns of the current chunk. */
  void project(PackedWeights packed) {
    int first = space.chunkStart(direction);
    int columns = space.chunkColumns(direction);
    int stride = space.chunkStride(direction);
    int rows = layout.inputPlanes() * units;
    int features = layout.planes() * hiddenSize;
    int inputs = space.inputSize;
    long w = packed.input(packed.inputRow(part));
    long x = space.input().address(first * inputs);
    int row = firstRow(layout.planes());
    View z = space.z[direction];
    if (columns == 1) {
      blas.multiply(false, rows, inputs, 1f, w, inputs, x, 1, 0f, z.address(row), 1);
    } else if (space.onSide()) {
      blas.multiply(
          false,
          true,
          columns,
          rows,
          inputs,
          1f,
          x,
          inputs,
          w,
          inputs,
          0f,
          z.address(row),
          features);
    } else {
      blas.multiply(
          false,
          true,
          rows,
          columns,
          inputs,
          1f,
          w,
          inputs,
          x,
          inputs,
          0f,
          z.address(row * stride),
          stride);
    }
  }
}
