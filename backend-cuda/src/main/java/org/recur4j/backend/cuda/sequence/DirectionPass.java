package org.recur4j.backend.cuda.sequence;

import jcuda.driver.CUstream;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.CudaStorage;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * One direction of a pass: one product for the inputs of all steps, the steps, and in backward one
 * product per weight matrix over all steps. Used under the queue's monitor.
 */
final class DirectionPass implements AutoCloseable {
  private final FusedCell cell;
  private final int direction;
  private final int inputSize;
  private final int size;
  private final int outputs;
  private final DirectionWork work;
  private final LaunchQueue queue;
  private final CUstream stream;
  private final SequenceKernels kernels;
  private final SequenceSteps steps;
  private final StepGraphs graphs;
  private final StepWalk walk;
  private long x;
  private long inputWeights;
  private long inputBias;

  DirectionPass(
      RecurrentSpec spec,
      int direction,
      DirectionWork work,
      Device device,
      SequenceKernels kernels,
      SequenceSteps steps) {
    this.cell = FusedCell.of(spec);
    this.direction = direction;
    this.inputSize = spec.inputSize();
    this.size = spec.hiddenSize();
    this.outputs = spec.outputSize();
    this.work = work;
    this.queue = device.queue();
    this.stream = direction == 0 ? queue.main() : device.side();
    this.kernels = kernels;
    this.steps = steps;
    this.graphs = new StepGraphs(device);
    this.walk = new StepWalk(cell, work, size);
  }

  /** Sets the batch; subsequent work is sent to this direction's stream. */
  void begin(PlanWeights weights, long input, long lengths, int stepCount, int batch) {
    queue.use(stream);
    x = input;
    inputWeights = weights.input(direction);
    inputBias = weights.inputBias(direction);
    walk.weights = weights.hidden(direction);
    walk.bias = weights.hiddenCandidateBias(direction);
    walk.lengths = lengths;
    walk.steps = stepCount;
    walk.batch = batch;
  }

  private int rows() {
    return walk.steps * walk.batch;
  }

  private int stateSize() {
    return walk.batch * size;
  }

  /** Returns the time of the first step processed. */
  private int firstTime() {
    return work.reverse ? walk.steps - 1 : 0;
  }

  private int lastTime() {
    return work.reverse ? 0 : walk.steps - 1;
  }

  /** Returns the address of this direction's part of a {@code [D, B, H]} tensor, or 0. */
  private long part(Tensor state) {
    return state == null ? 0 : CudaStorage.address(state) + 4L * direction * stateSize();
  }

  void forward(RecurrentState initial, Tensor mask, Tensor y, RecurrentState last) {
    int batch = walk.batch;
    int first = firstTime();
    kernels.storeState(
        part(initial.hidden()),
        part(initial.cell()),
        work.before(first, batch),
        work.cellBefore(first, batch),
        part(mask),
        work.mask,
        mask == null ? 0 : work.operand(first, batch),
        stateSize());
    int columns = cell.gates() * size;
    kernels
        .product
        .left(x, inputSize, false)
        .right(inputWeights, inputSize, true)
        .result(work.gates(0, batch), columns)
        .bias(inputBias)
        .run(rows(), columns, inputSize, 1, 0);
    graphs.run(steps, walk, false, stream);
    queue.use(stream);
    if (y != null) {
      long half = CudaStorage.address(y) + 4L * direction * size;
      kernels.writeSeries(work.after(0, batch), walk.lengths, half, batch, size, outputs, rows());
    }
    if (last.hidden() != null) {
      int end = lastTime();
      kernels.storeState(
          work.after(end, batch),
          work.cellAfter(end, batch),
          part(last.hidden()),
          part(last.cell()),
          stateSize());
    }
  }

  void backward(Tensor dy, RecurrentState dLast, RecurrentState dInitial, DirectionWeights sums) {
    int batch = walk.batch;
    long half = dy == null ? 0 : CudaStorage.address(dy) + 4L * direction * size;
    kernels.readSeries(
        half, walk.lengths, work.hiddenGradient(0, batch), batch, size, outputs, rows());
    kernels.storeState(
        part(dLast.hidden()), part(dLast.cell()), work.carry, work.cellGradient, stateSize());
    graphs.run(steps, walk, true, stream);
    queue.use(stream);
    if (dInitial.hidden() != null || dInitial.cell() != null) {
      kernels.storeState(
          work.carry,
          work.cellGradient,
          part(dInitial.hidden()),
          part(dInitial.cell()),
          stateSize());
    }
    if (sums != null) {
      weightGradients(sums);
    }
  }

  private void weightGradients(DirectionWeights sums) {
    int batch = walk.batch;
    long states = work.operand(0, batch);
    long ih = CudaStorage.address(sums.weightIh());
    long hh = CudaStorage.address(sums.weightHh());
    switch (cell) {
      case TANH, RELU, LSTM -> {
        weightGradient(0, cell.gates(), x, inputSize, ih, 0);
        weightGradient(0, cell.gates(), states, size, hh, 0);
      }
      case GRU_RESET_AFTER -> {
        // Gradients are in the order n, r, z, hn.
        weightGradient(1, 2, x, inputSize, ih, 0);
        weightGradient(0, 1, x, inputSize, ih, 2);
        weightGradient(1, 3, states, size, hh, 0);
      }
      case GRU_RESET_BEFORE -> {
        weightGradient(0, 3, x, inputSize, ih, 0);
        weightGradient(0, 2, states, size, hh, 0);
        weightGradient(2, 1, work.extra(0, batch), size, hh, 2);
      }
    }
    if (sums.biasIh() != null) {
      biasGradients(sums);
    }
  }

  /**
   * Adds the product of some blocks of gradient columns and a series to rows of a weight's
   * gradient.
   */
  private void weightGradient(
      int block, int blocks, long series, int width, long target, int targetBlock) {
    int stride = DirectionWork.gradientBlocks(cell) * size;
    kernels.addTransposedProduct(
        work.gradient(0, walk.batch) + 4L * block * size,
        stride,
        series,
        width,
        work.parts,
        target + 4L * targetBlock * size * width,
        blocks * size,
        rows());
  }

  private void biasGradients(DirectionWeights sums) {
    int width = DirectionWork.gradientBlocks(cell) * size;
    kernels.columnSums(work.gradient(0, walk.batch), work.parts, work.sums, rows(), width);
    long ih = CudaStorage.address(sums.biasIh());
    long hh = CudaStorage.addressOrNull(sums.biasHh());
    if (cell == FusedCell.GRU_RESET_AFTER) {
      kernels.add(work.sums + 4L * size, ih, 2 * size);
      kernels.add(work.sums, ih + 8L * size, size);
    } else {
      kernels.add(work.sums, ih, width);
    }
    if (hh != 0) {
      kernels.add(
          work.sums + 4L * DirectionWork.firstHiddenBlock(cell) * size, hh, cell.gates() * size);
    }
  }

  /** Computes dx = β dx + dG W_ih. */
  void inputGradient(Tensor dx, double beta) {
    long target = CudaStorage.address(dx);
    if (cell == FusedCell.GRU_RESET_AFTER) {
      inputGradient(1, 2, inputWeights, target, beta);
      inputGradient(0, 1, inputWeights + 8L * size * inputSize, target, 1);
    } else {
      inputGradient(0, cell.gates(), inputWeights, target, beta);
    }
  }

  private void inputGradient(int block, int blocks, long weights, long target, double beta) {
    kernels
        .product
        .left(
            work.gradient(0, walk.batch) + 4L * block * size,
            DirectionWork.gradientBlocks(cell) * size,
            false)
        .right(weights, inputSize, false)
        .result(target, inputSize)
        .run(rows(), inputSize, blocks * size, 1, beta);
  }

  /** Copies this direction's part of a trace {@code [T, B, D, width]}. */
  void read(Trace what, Tensor target) {
    int batch = walk.batch;
    int width = target.extent(-1);
    long series =
        switch (what) {
          case GATES -> work.gates(0, batch);
          case CELL_STATES -> work.cellAfter(0, batch);
          case STATE_GRADIENTS -> work.hiddenGradient(0, batch);
        };
    kernels.writeSeries(
        series,
        walk.lengths,
        CudaStorage.address(target) + 4L * direction * width,
        batch,
        width,
        target.extent(2) * width,
        rows());
  }

  @Override
  public void close() {
    graphs.close();
  }
}
