package org.recur4j.backend.ejml.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.spi.BlockTask;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.spi.Workers;
import org.recur4j.backend.ejml.engine.FloatEngine;

/**
 * The workspace of one pass and the order of its work: in forward, row blocks of all directions in
 * parallel, each for the whole sequence; in backward the same, followed by the products over the
 * whole sequence. {@link WorkDivision} determines the blocks.
 */
final class FusedSequence {
  final SequenceArrays arrays = new SequenceArrays();
  final GradientArrays[] gradients;

  private final FusedCell cell;
  private final Workers workers;
  private final int rowBlocks;
  private final RowBlock[] blocks;
  private final BlockGradient[] blockGradients;
  private final BlockGradient[][] byDirection;
  private final BlockGradient[][] byRows;
  private final InputGradient[] inputGradients;
  private final WeightGradient[] weightGradients;
  private final WeightGradient.Scratch[] scratch;
  private final AtomicIntegerArray scratchTaken;
  private final float[] biasSum;
  private final BlockTask forwardTask = this::forwardBlock;
  private final BlockTask backwardTask = this::backwardBlock;
  private final BlockTask productTask = this::productBlock;
  private PackedWeights[] weights = new PackedWeights[0];

  FusedSequence(
      FusedCell cell,
      int inputSize,
      int hiddenSize,
      int directions,
      int maxSteps,
      int maxBatch,
      boolean mask,
      boolean training,
      Workers workers,
      FloatEngine engine,
      Precision precision) {
    this.cell = cell;
    this.workers = workers;
    arrays.directions = directions;
    arrays.inputSize = inputSize;
    arrays.hiddenSize = hiddenSize;
    arrays.lengths = new int[maxBatch];
    WorkDivision division =
        WorkDivision.of(cell, hiddenSize, directions, maxBatch, workers.threads());
    this.rowBlocks = division.rowBlocks();
    int capacity = division.rows();
    this.blocks = new RowBlock[directions * rowBlocks];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] =
          new RowBlock(
              engine,
              precision,
              cell,
              i / rowBlocks,
              inputSize,
              hiddenSize,
              capacity,
              maxSteps,
              mask,
              training);
    }
    this.gradients = new GradientArrays[training ? directions : 0];
    this.blockGradients = new BlockGradient[training ? blocks.length : 0];
    this.byDirection = new BlockGradient[training ? directions : 0][rowBlocks];
    this.byRows = new BlockGradient[training ? rowBlocks : 0][directions];
    for (int i = 0; i < blockGradients.length; i++) {
      blockGradients[i] = new BlockGradient(blocks[i]);
      byDirection[i / rowBlocks][i % rowBlocks] = blockGradients[i];
      byRows[i % rowBlocks][i / rowBlocks] = blockGradients[i];
    }
    for (int direction = 0; direction < gradients.length; direction++) {
      gradients[direction] = new GradientArrays();
    }
    this.inputGradients = new InputGradient[training ? rowBlocks : 0];
    for (int i = 0; i < inputGradients.length; i++) {
      inputGradients[i] = new InputGradient(engine, capacity);
    }
    int width = division.columns();
    this.weightGradients =
        training ? cuts(cell, hiddenSize, directions, width) : new WeightGradient[0];
    this.scratch = new WeightGradient.Scratch[training ? workers.threads() : 0];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new WeightGradient.Scratch(engine, inputSize, hiddenSize, width);
    }
    this.scratchTaken = new AtomicIntegerArray(scratch.length);
    this.biasSum = new float[training ? hiddenSize : 0];
  }

  private static WeightGradient[] cuts(FusedCell cell, int hiddenSize, int directions, int width) {
    List<WeightGradient> cuts = new ArrayList<>();
    int h = hiddenSize;
    WeightGradient.Recurrent hidden = WeightGradient.Recurrent.HIDDEN;
    for (int d = 0; d < directions; d++) {
      switch (cell) {
        case TANH, RELU, LSTM -> cut(cuts, d, 0, 0, cell.gates() * h, width, true, hidden);
        case GRU_RESET_AFTER -> {
          // The gradient of the candidate reaches W_ih as dn and, multiplied by r, W_hh as dhn.
          cut(cuts, d, 0, 0, 2 * h, width, true, hidden);
          cut(cuts, d, 2 * h, 2 * h, h, width, true, WeightGradient.Recurrent.NONE);
          cut(cuts, d, 3 * h, 2 * h, h, width, false, hidden);
        }
        case GRU_RESET_BEFORE -> {
          cut(cuts, d, 0, 0, 2 * h, width, true, hidden);
          cut(cuts, d, 2 * h, 2 * h, h, width, true, WeightGradient.Recurrent.RESET_HIDDEN);
        }
      }
    }
    return cuts.toArray(new WeightGradient[0]);
  }

  private static void cut(
      List<WeightGradient> cuts,
      int direction,
      int planeColumn,
      int weightRow,
      int columns,
      int width,
      boolean input,
      WeightGradient.Recurrent recurrent) {
    for (int j = 0; j < columns; j += width) {
      int count = Math.min(width, columns - j);
      cuts.add(
          new WeightGradient(direction, planeColumn + j, weightRow + j, count, input, recurrent));
    }
  }

  /** Returns the size of the workspace in bytes. */
  long bytes() {
    long bytes = 0;
    for (RowBlock block : blocks) {
      bytes += block.bytes();
    }
    for (BlockGradient gradient : blockGradients) {
      bytes += gradient.bytes();
    }
    for (WeightGradient.Scratch one : scratch) {
      bytes += one.bytes();
    }
    return bytes;
  }

  /**
   * Runs forward over {@link #arrays}, whose steps, batch, lengths and arrays the caller has set.
   */
  void forward(PackedWeights[] directionWeights) {
    weights = directionWeights;
    run(blocks.length, forwardTask);
  }

  private void forwardBlock(int i) {
    int part = i % rowBlocks;
    int from = (int) ((long) arrays.batch * part / rowBlocks);
    int to = (int) ((long) arrays.batch * (part + 1) / rowBlocks);
    blocks[i].forward(arrays, weights[i / rowBlocks], from, to);
  }

  /**
   * Runs backward. The arrays of forward must be unchanged, and {@link #gradients} must point to
   * the sums.
   */
  void backward(PackedWeights[] directionWeights) {
    weights = directionWeights;
    run(blocks.length, backwardTask);
    run((arrays.dx == null ? 0 : rowBlocks) + weightGradients.length, productTask);
    for (int direction = 0; direction < gradients.length; direction++) {
      addBiases(direction);
    }
  }

  private void backwardBlock(int i) {
    blockGradients[i].backward(arrays, weights[i / rowBlocks]);
  }

  private void productBlock(int i) {
    int inputParts = arrays.dx == null ? 0 : rowBlocks;
    if (i < inputParts) {
      inputGradients[i].run(arrays, byRows[i], weights);
      return;
    }
    WeightGradient cut = weightGradients[i - inputParts];
    int taken = takeScratch();
    try {
      cut.run(arrays, byDirection[cut.direction], scratch[taken], gradients[cut.direction]);
    } finally {
      scratchTaken.set(taken, 0);
    }
  }

  /** Takes one of the scratches; one is free because there are as many as threads. */
  private int takeScratch() {
    for (int i = 0; ; i = (i + 1) % scratch.length) {
      if (scratchTaken.compareAndSet(i, 0, 1)) {
        return i;
      }
    }
  }

  /** Adds the planes' sums over steps, row by row in order. */
  private void addBiases(int direction) {
    GradientArrays sums = gradients[direction];
    for (int gate = 0; gate < cell.gates(); gate++) {
      boolean apart = cell == FusedCell.GRU_RESET_AFTER && gate == 2;
      int from = gate * arrays.hiddenSize;
      addBias(direction, gate, sums.biasIh, sums.biasIhOffset + from);
      addBias(direction, apart ? 3 : gate, sums.biasHh, sums.biasHhOffset + from);
    }
  }

  private void addBias(int direction, int plane, float[] target, int offset) {
    if (target == null) {
      return;
    }
    int h = arrays.hiddenSize;
    Arrays.fill(biasSum, 0f);
    for (BlockGradient gradient : byDirection[direction]) {
      float[] rows = gradient.biasRows[plane];
      for (int r = 0; r < gradient.block.rows; r++) {
        for (int j = 0; j < h; j++) {
          biasSum[j] += rows[r * h + j];
        }
      }
    }
    for (int j = 0; j < h; j++) {
      target[offset + j] += biasSum[j];
    }
  }

  private void run(int count, BlockTask task) {
    if (WorkDivision.isShared(cell, arrays)) {
      workers.run(count, task);
    } else {
      for (int block = 0; block < count; block++) {
        task.run(block);
      }
    }
  }

  /** Returns the index of the block that held row {@code b} of a direction in the last forward. */
  private int blockOf(int direction, int b) {
    int i = direction * rowBlocks;
    while (b >= blocks[i].firstRow + blocks[i].rows) {
      i++;
    }
    return i;
  }

  /** Returns the block with the planes of one row after a training forward, for traces. */
  RowBlock block(int direction, int b) {
    return blocks[blockOf(direction, b)];
  }

  BlockGradient blockGradient(int direction, int b) {
    return blockGradients[blockOf(direction, b)];
  }
}
