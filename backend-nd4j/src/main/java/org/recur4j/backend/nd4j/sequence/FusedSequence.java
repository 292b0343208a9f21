package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.spi.PhaseTask;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.nd4j.natives.View;

/**
 * The schedule of a pass, in which all lanes (parts of directions) run side by side. Forward: the
 * product of the input, then the scan, in which every step is one or more phases of each lane.
 * Backward: the scan, then the products over the whole sequence.
 */
final class FusedSequence {
  /**
   * The number of multiplications of a call below which waking a thread costs more than it saves.
   */
  private static final long LEAST_WORK = 1_000_000;

  final Workspace space;
  private final Workers workers;
  private final ForwardLane[] lanes;
  private final BackwardLane[] backwardLanes;
  private final WeightGradient[] weightGradients;
  private final InputGradient[] inputGradients;
  private final PhaseTask beginTask = this::begin;
  private final PhaseTask projectTask = this::project;
  private final PhaseTask scanTask = this::scan;
  private final PhaseTask backwardTask = this::backward;
  private final PhaseTask productTask = this::product;
  private FusedWeights weights;
  private int chunkFrom;
  private boolean sumsWanted;

  FusedSequence(Workspace space, Workers workers) {
    this.space = space;
    this.workers = workers;
    int parts = space.cut.parts();
    this.lanes = new ForwardLane[space.directions * parts];
    int training = space.training ? lanes.length : 0;
    this.backwardLanes = new BackwardLane[training];
    this.weightGradients = new WeightGradient[training];
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = new ForwardLane(space, lane / parts, lane % parts);
      if (space.training) {
        backwardLanes[lane] = new BackwardLane(lanes[lane]);
        weightGradients[lane] = new WeightGradient(backwardLanes[lane]);
      }
    }
    this.inputGradients = new InputGradient[space.training ? InputGradient.maxBlocks(space) : 0];
    for (int block = 0; block < inputGradients.length; block++) {
      inputGradients[block] = new InputGradient(space);
    }
  }

  /** Runs forward on the operands of the workspace's call. */
  void forward(FusedWeights packed) {
    weights = packed;
    PackedBatch batch = space.batch;
    if (!batch.isFull()) {
      batch.gather(space.call.x, space.inputSize, space.packedX);
    }
    if (space.call.y.isPresent()) {
      batch.clearPadding(space.call.y, space.directions * space.hiddenSize, space.zeros);
    }
    run(1, lanes.length, beginTask);
    int longest = batch.longest();
    int steps = space.chunkSteps();
    for (chunkFrom = 0; chunkFrom < longest; chunkFrom += steps) {
      int chunkTo = Math.min(longest, chunkFrom + steps);
      space.chunk(chunkFrom, chunkTo);
      run(1, lanes.length, projectTask);
      run((chunkTo - chunkFrom) * space.layout.phases(), lanes.length, scanTask);
    }
  }

  private void begin(int phase, int lane) {
    lanes[lane].begin(weights.direction(lanes[lane].direction));
  }

  private void project(int phase, int lane) {
    lanes[lane].project(weights.direction(lanes[lane].direction));
  }

  private void scan(int phase, int lane) {
    int each = space.layout.phases();
    lanes[lane].step(chunkFrom + phase / each, phase % each);
  }

  /**
   * Runs backward after forward; {@code sums} is null if no gradients of the weights are needed.
   */
  void backward(FusedWeights packed, RecurrentGradients sums) {
    weights = packed;
    sumsWanted = sums != null && space.batch.longest() > 0;
    for (int lane = 0; lane < lanes.length && sumsWanted; lane++) {
      weightGradients[lane].point(sums.directions().get(lanes[lane].direction));
    }
    run(BackwardLane.phases(space), lanes.length, backwardTask);
    View dx = space.call.dx;
    int inputBlocks = dx.isPresent() ? InputGradient.blocks(space) : 0;
    run(1, (sumsWanted ? lanes.length : 0) + inputBlocks, productTask);
    if (dx.isPresent() && !space.batch.isFull()) {
      space.batch.scatter(space.packedDx, space.inputSize, dx, space.zeros);
    }
  }

  private void backward(int phase, int lane) {
    backwardLanes[lane].run(weights.direction(lanes[lane].direction), phase);
  }

  private void product(int phase, int part) {
    int weightParts = sumsWanted ? lanes.length : 0;
    if (part < weightParts) {
      weightGradients[part].run();
    } else {
      inputGradients[part - weightParts].run(part - weightParts, weights);
    }
  }

  private void run(int phases, int parts, PhaseTask task) {
    long perColumn =
        (long) space.layout.planes() * space.hiddenSize * (space.inputSize + space.hiddenSize);
    if ((long) space.batch.total() * space.directions * perColumn >= LEAST_WORK) {
      workers.run(phases, parts, task);
      return;
    }
    for (int phase = 0; phase < phases; phase++) {
      for (int part = 0; part < parts; part++) {
        task.run(phase, part);
      }
    }
  }

  /** Copies a trace [T, B, D, width], with zeros past a row's length. Not optimized for speed. */
  void read(Trace what, View target, int width) {
    PackedBatch batch = space.batch;
    int directions = space.directions;
    for (int row = 0; row < batch.steps() * batch.batch() * directions; row++) {
      for (int i = 0; i < width; i += space.zeros.length) {
        target.put(row * width + i, space.zeros, 0, Math.min(space.zeros.length, width - i));
      }
    }
    for (int lane = 0; lane < lanes.length; lane++) {
      int direction = lanes[lane].direction;
      for (int s = 0; s < batch.longest(); s++) {
        int time = space.time(direction, s);
        for (int r = 0; r < batch.count(time); r++) {
          int row = (time * batch.batch() + batch.row(r)) * directions + direction;
          for (int u = 0; u < lanes[lane].units; u++) {
            int to = row * width + lanes[lane].from + u;
            if (what == Trace.GATES) {
              gates(lane, s, u * batch.count(time) + r, target, to);
            } else {
              float value =
                  what == Trace.CELL_STATES
                      ? cellState(lane, s, u * batch.count(time) + r)
                      : element(
                          backwardLanes[lane].traced,
                          backwardLanes[lane].tracedIndex(s) + u * batch.count(time) + r);
              put(target, to, value);
            }
          }
        }
      }
    }
  }

  private void gates(int lane, int s, int element, View target, int to) {
    int gates = space.layout.inputPlanes();
    for (int gate = 0; gate < gates; gate++) {
      int index = lanes[lane].savedIndex(s, space.layout.planeOf(gate)) + element;
      put(target, to + gate * space.hiddenSize, element(lanes[lane].saved, index));
    }
  }

  /** Recomputes c = f·c' + i·g in the float arithmetic of the step. */
  private float cellState(int lane, int s, int element) {
    float[] kept = new float[5];
    for (int plane = 0; plane < kept.length; plane++) {
      kept[plane] = element(lanes[lane].saved, lanes[lane].savedIndex(s, plane) + element);
    }
    return kept[1] * kept[4] + kept[0] * kept[2];
  }

  private static float element(View view, int index) {
    float[] one = new float[1];
    view.get(index, one, 0, 1);
    return one[0];
  }

  private static void put(View view, int index, float value) {
    view.put(index, new float[] {value}, 0, 1);
  }
}
