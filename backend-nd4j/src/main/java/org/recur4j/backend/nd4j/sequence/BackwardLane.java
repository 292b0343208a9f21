package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.nd4j.kernel.Loops;
import org.recur4j.backend.nd4j.natives.View;

/**
 * The backward scan of a lane, from the last scan step to the first. It replaces all
 * pre-activations by their gradients, for the products over the whole sequence.
 */
final class BackwardLane extends Lane {
  private final ForwardLane forward;

  /** The planes of the current step that were saved by the forward scan. */
  private final float[][] kept;

  /** The gradients of the pre-activations. */
  private final float[][] gradients;

  /** ∂L/∂h. */
  private final float[] hidden;

  /** ∂L/∂c. */
  private final float[] cellState;

  /** The part of a GRU's ∂L/∂h' that does not pass through the products. */
  private final float[] direct;

  /** The part of a reset-before GRU's ∂L/∂h' that passes through r. */
  private final float[] throughReset;

  private final float[] scratch;

  /** ∂L/∂h of every step; allocated for tracing only. */
  final View traced = new View();

  private PackedWeights weights;

  BackwardLane(ForwardLane forward) {
    super(forward.space, forward.direction, forward.part);
    this.forward = forward;
    int n = units * space.maxBatch;
    this.kept = new float[layout.savedPlanes()][n];
    this.gradients = new float[layout.planes()][n];
    this.hidden = new float[n];
    this.cellState = new float[cell.hasCellState() ? n : 0];
    this.direct = new float[cell.isGru() ? n : 0];
    this.throughReset = new float[cell == FusedCell.GRU_RESET_BEFORE ? n : 0];
    this.scratch = new float[n];
    if (space.tracing) {
      space.allocate(traced, units * space.columns());
    }
  }

  /**
   * Returns the number of phases of the whole scan: those of the steps, and one that propagates to
   * the initial state.
   */
  static int phases(Workspace space) {
    return space.layout.phases() * space.batch.longest() + 1;
  }

  void run(PackedWeights packed, int phase) {
    weights = packed;
    int each = layout.phases();
    int longest = space.batch.longest();
    if (phase == 0) {
      begin();
    }
    int s = longest - 1 - phase / each;
    if (phase % each == 1) {
      reset(s);
      return;
    }
    if (phase > 0) {
      propagate(s + 1, s);
    }
    if (s >= 0) {
      step(s);
    }
  }

  private void begin() {
    forgetMask();
    pass(space.call.dLast[0], space.call.dInitial[0]);
    if (cell.hasCellState()) {
      pass(space.call.dLast[1], space.call.dInitial[1]);
    }
    if (space.batch.longest() > 0) {
      join(0, space.count(direction, space.batch.longest() - 1));
    }
  }

  /** Loads the gradients of the final states of rows [first, count). */
  private void join(int first, int count) {
    load(space.call.dLast[0], first, count, hidden, count);
    if (cell.hasCellState()) {
      load(space.call.dLast[1], first, count, cellState, count);
    }
  }

  /** Computes the pointwise part of a step, for a reset-before GRU without its reset gate. */
  private void step(int s) {
    int count = space.count(direction, s);
    int n = units * count;
    if (space.call.dy.isPresent()) {
      loadOutput(space.call.dy, space.time(direction, s), scratch, count);
      Loops.add(hidden, scratch, n);
    }
    if (space.tracing) {
      traced.put(tracedIndex(s), hidden, 0, n);
    }
    for (int plane = 0; plane < layout.savedPlanes(); plane++) {
      forward.saved.get(forward.savedIndex(s, plane), kept[plane], 0, n);
    }
    space.gates(direction, s, gates);
    switch (cell) {
      case TANH, RELU -> vanilla(n);
      case LSTM -> lstm(n);
      case GRU_RESET_AFTER -> {
        gru(4, n);
        GateMath.gateGradient(gradients[0], kept[3], kept[1], gradients[1], n);
        GateMath.product(gradients[0], kept[1], gradients[3], n);
      }
      case GRU_RESET_BEFORE -> gru(3, n);
    }
    for (int plane = 0; plane < layout.planes(); plane++) {
      if (plane != 1 || cell != FusedCell.GRU_RESET_BEFORE) {
        deliver(plane, count);
      }
    }
  }

  private void deliver(int plane, int count) {
    gates.put(firstRow(layout.planes()) + plane * units, units, count, gradients[plane]);
  }

  private void vanilla(int n) {
    System.arraycopy(hidden, 0, gradients[0], 0, n);
    if (cell == FusedCell.RELU) {
      Loops.rectifyGradient(kept[0], gradients[0], n);
    } else {
      Loops.tanhGradient(kept[0], gradients[0], n);
    }
  }

  private void lstm(int n) {
    float[] i = kept[0];
    float[] f = kept[1];
    float[] g = kept[2];
    float[] o = kept[3];
    float[] cellBefore = kept[4];
    float[] tanhCell = kept[5];
    GateMath.lstmCellGradient(hidden, o, tanhCell, cellState, n);
    GateMath.gateGradient(hidden, tanhCell, o, gradients[3], n);
    GateMath.gateGradient(cellState, g, i, gradients[0], n);
    GateMath.gateGradient(cellState, cellBefore, f, gradients[1], n);
    GateMath.candidateGradient(cellState, i, g, gradients[2], n);
    Loops.multiply(cellState, f, n);
  }

  /** Computes the gradients of update gate and candidate, and z·∂L/∂h, a direct term of ∂L/∂h'. */
  private void gru(int before, int n) {
    GateMath.gruUpdateGradient(hidden, kept[before], kept[0], kept[2], gradients[2], n);
    GateMath.gruCandidateGradient(hidden, kept[2], kept[0], gradients[0], n);
    GateMath.product(hidden, kept[2], direct, n);
  }

  /**
   * Computes the second phase of a reset-before GRU: the gradient of r·h', and from it that of r.
   */
  private void reset(int s) {
    int count = space.count(direction, s);
    int n = units * count;
    space.gates(direction, s, gates);
    long plane = space.stateGradient[direction].address(from * count);
    for (int p = 0; p < space.cut.parts(); p++) {
      int unit = space.cut.from(p);
      int rows = space.cut.units(p);
      multiplyBack(
          weights.candidate(unit, from), rows, gates, unit * 3, p == 0 ? 0f : 1f, plane, count);
    }
    space.stateGradient[direction].get(from * count, throughReset, 0, n);
    System.arraycopy(kept[3], 0, scratch, 0, n);
    if (space.masked) {
      loadMask(count);
      Loops.multiply(scratch, maskPlane, n);
    }
    GateMath.gateGradient(throughReset, scratch, kept[1], gradients[1], n);
    Loops.multiply(throughReset, kept[1], n);
    deliver(1, count);
  }

  /**
   * Propagates from the pre-activations of scan step {@code s} to the state before it, and adds the
   * rows that end there.
   */
  private void propagate(int s, int before) {
    int count = space.count(direction, s);
    int n = units * count;
    space.gates(direction, s, gates);
    multiplyState(count);
    space.stateGradient[direction].get(from * count, hidden, 0, n);
    if (cell == FusedCell.GRU_RESET_BEFORE) {
      Loops.add(hidden, throughReset, n);
    }
    if (space.masked) {
      loadMask(count);
      Loops.multiply(hidden, maskPlane, n);
    }
    if (cell.isGru()) {
      Loops.add(hidden, direct, n);
    }
    int next = before < 0 ? 0 : space.count(direction, before);
    if (next < count) {
      store(hidden, count, next, count, space.call.dInitial[0]);
      if (cell.hasCellState()) {
        store(cellState, count, next, count, space.call.dInitial[1]);
      }
    }
    if (before >= 0) {
      resize(hidden, count, next);
      if (cell.hasCellState()) {
        resize(cellState, count, next);
      }
      join(count, next);
    }
  }

  /** Computes this lane's units of W_hhᵀ·dZ. */
  private void multiplyState(int count) {
    long plane = space.stateGradient[direction].address(from * count);
    int rows = layout.statePlanes();
    if (layout.stateFrom() == 0) {
      // All planes of all parts form one matrix.
      multiplyBack(weights.state(0, from), rows * hiddenSize, gates, 0, 0f, plane, count);
      return;
    }
    for (int p = 0; p < space.cut.parts(); p++) {
      int unit = space.cut.from(p);
      int its = space.cut.units(p);
      multiplyBack(
          weights.state(weights.stateRow(p), from),
          rows * its,
          gates,
          unit * layout.planes() + layout.stateFrom() * its,
          p == 0 ? 0f : 1f,
          plane,
          count);
    }
  }

  /** Returns the position of ∂L/∂h of a scan step: [units, rows present]. */
  int tracedIndex(int s) {
    return space.batch.offset(space.time(direction, s)) * units;
  }
}
