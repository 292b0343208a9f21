package org.recur4j.backend.cuda.sequence;

import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.product.Tiling;

/** The launches of the time steps of one direction, forward and backward, for every cell. */
final class SequenceSteps {
  private final LaunchQueue queue;
  private final Tiling tiling;
  private final ResidentKernels resident;
  private final StepKernels vanillaForward;
  private final StepKernels lstmForward;
  private final StepKernels gruAfterForward;
  private final StepKernels gruBeforeGates;
  private final StepKernels gruBeforeOutput;
  private final StepKernels vanillaBackward;
  private final StepKernels lstmBackward;
  private final StepKernels gruAfterBackward;
  private final StepKernels gruBeforeOutputBackward;
  private final StepKernels gruBeforeResetBackward;

  SequenceSteps(Device device, Tiling tiling) {
    this.queue = device.queue();
    this.tiling = tiling;
    this.resident = new ResidentKernels(device);
    this.vanillaForward = new StepKernels(device, tiling, "vanilla_forward", true);
    this.lstmForward = new StepKernels(device, tiling, "lstm_forward", false);
    this.gruAfterForward = new StepKernels(device, tiling, "gru_after_forward", false);
    this.gruBeforeGates = new StepKernels(device, tiling, "gru_before_gates", false);
    this.gruBeforeOutput = new StepKernels(device, tiling, "gru_before_output", true);
    this.vanillaBackward = new StepKernels(device, tiling, "vanilla_backward", true);
    this.lstmBackward = new StepKernels(device, tiling, "lstm_backward", true);
    this.gruAfterBackward = new StepKernels(device, tiling, "gru_after_backward", true);
    this.gruBeforeOutputBackward =
        new StepKernels(device, tiling, "gru_before_output_backward", true);
    this.gruBeforeResetBackward =
        new StepKernels(device, tiling, "gru_before_reset_backward", true);
  }

  /** Returns whether all steps are one launch, so that recording a graph is of no use. */
  boolean isOneLaunch(StepWalk walk, boolean backward) {
    return tiling.resident(walk.steps) && resident.fits(walk.cell, walk.size, backward);
  }

  void forward(StepWalk walk) {
    if (isOneLaunch(walk, false)) {
      resident.forward(walk);
      return;
    }
    for (int step = 0; step < walk.steps; step++) {
      int time = walk.work.reverse ? walk.steps - 1 - step : step;
      switch (walk.cell) {
        case TANH, RELU -> forward(vanillaForward, walk, time, walk.weights);
        case LSTM -> forward(lstmForward, walk, time, walk.weights);
        case GRU_RESET_AFTER -> forward(gruAfterForward, walk, time, walk.weights);
        case GRU_RESET_BEFORE -> {
          forward(gruBeforeGates, walk, time, walk.weights);
          forward(gruBeforeOutput, walk, time, candidateWeights(walk));
        }
      }
    }
  }

  /** Returns the address of W_hn, the last third of a GRU's W_hh. */
  private static long candidateWeights(StepWalk walk) {
    return walk.weights + 8L * walk.size * walk.size;
  }

  private void forward(StepKernels kernels, StepWalk walk, int time, long weights) {
    DirectionWork work = walk.work;
    int batch = walk.batch;
    Tiling.StepTile tile = kernels.choose(batch, walk.size);
    kernels.begin(tile).address(work.operand(time, batch)).address(work.before(time, batch));
    queue.address(weights).address(walk.bias).address(work.mask).address(walk.lengths);
    queue.address(work.gates(time, batch)).address(work.cellBefore(time, batch));
    queue.address(work.cellAfter(time, batch)).address(work.extra(time, batch));
    queue.address(work.after(time, batch)).address(work.maskedAfter(time, batch));
    queue.integer(time).integer(batch).integer(walk.size);
    queue.flag(walk.cell == FusedCell.RELU);
    kernels.run(tile, batch, walk.size);
  }

  /** Runs all steps and stores the initial state's gradient in carry and cellGradient. */
  void backward(StepWalk walk) {
    if (isOneLaunch(walk, true)) {
      resident.backward(walk);
      return;
    }
    int later = -1;
    for (int step = walk.steps - 1; step >= 0; step--) {
      int time = walk.work.reverse ? walk.steps - 1 - step : step;
      backward(walk, time, later);
      later = time;
    }
    backward(walk, -1, later);
  }

  private void backward(StepWalk walk, int time, int later) {
    int size = walk.size;
    int rows = walk.cell.gates() * size;
    switch (walk.cell) {
      case TANH, RELU -> backward(vanillaBackward, walk, time, later, rows);
      case LSTM -> backward(lstmBackward, walk, time, later, rows);
      case GRU_RESET_AFTER -> backward(gruAfterBackward, walk, time, later, rows);
      case GRU_RESET_BEFORE -> {
        backward(gruBeforeOutputBackward, walk, time, later, 2 * size);
        if (time >= 0) {
          long candidate = walk.work.gradient(time, walk.batch) + 8L * size;
          backward(gruBeforeResetBackward, walk, time, candidate, candidateWeights(walk), size);
        }
      }
    }
  }

  private void backward(StepKernels kernels, StepWalk walk, int time, int later, int k) {
    long gradients =
        later < 0
            ? 0
            : walk.work.gradient(later, walk.batch)
                + 4L * DirectionWork.firstHiddenBlock(walk.cell) * walk.size;
    backward(kernels, walk, time, gradients, walk.weights, k);
  }

  private void backward(
      StepKernels kernels, StepWalk walk, int time, long later, long weights, int k) {
    DirectionWork work = walk.work;
    int batch = walk.batch;
    boolean last = time < 0;
    Tiling.StepTile tile = kernels.choose(batch, walk.size);
    kernels.begin(tile).address(later).address(weights).address(work.mask);
    queue.address(walk.lengths).address(last ? 0 : work.gates(time, batch));
    queue.address(last ? 0 : work.before(time, batch));
    queue.address(last ? 0 : work.operand(time, batch));
    queue.address(last ? 0 : work.cellBefore(time, batch));
    queue.address(last ? 0 : work.cellAfter(time, batch));
    queue.address(last ? 0 : work.extra(time, batch));
    queue.address(last ? 0 : work.gradient(time, batch));
    queue.address(last ? 0 : work.hiddenGradient(time, batch));
    queue.address(work.carry).address(work.cellGradient);
    queue.integer(DirectionWork.gradientBlocks(walk.cell) * walk.size).integer(k);
    queue.integer(time).integer(batch).integer(walk.size);
    queue.flag(walk.cell == FusedCell.RELU);
    kernels.run(tile, batch, walk.size);
  }
}
