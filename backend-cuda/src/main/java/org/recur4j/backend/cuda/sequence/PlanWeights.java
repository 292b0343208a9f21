package org.recur4j.backend.cuda.sequence;

import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.cuda.driver.CudaStorage;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.DeviceAddress;
import org.recur4j.backend.cuda.driver.DeviceBlocks;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * The weights of a plan. Matrices are used without packing; only biases are packed, as b_ih + b_hh,
 * so that the input's product adds both.
 */
final class PlanWeights implements AutoCloseable {
  private final RecurrentSpec spec;
  private final FusedCell cell;
  private final RecurrentWeights weights;
  private final LaunchQueue queue;
  private final DeviceBlocks blocks;
  private final SequenceKernels kernels;
  private final DeviceAddress packed;

  PlanWeights(
      RecurrentSpec spec, RecurrentWeights weights, Device device, SequenceKernels kernels) {
    this.spec = spec;
    this.cell = FusedCell.of(spec);
    this.weights = weights;
    this.queue = device.queue();
    this.blocks = device.blocks();
    this.kernels = kernels;
    this.packed = spec.biases() == Biases.NONE ? null : blocks.reserve(bytes(), () -> {});
    pack();
  }

  /** Returns the size of the packed biases. */
  long bytes() {
    return spec.biases() == Biases.NONE ? 0 : 4L * spec.directions() * rows();
  }

  private int rows() {
    return spec.gates() * spec.hiddenSize();
  }

  /** Packs the current values of the tensors. */
  void pack() {
    if (packed != null) {
      boolean apart = cell == FusedCell.GRU_RESET_AFTER;
      synchronized (queue) {
        for (int d = 0; d < spec.directions(); d++) {
          DirectionWeights direction = weights.directions().get(d);
          kernels.packBias(
              CudaStorage.address(direction.biasIh()),
              CudaStorage.addressOrNull(direction.biasHh()),
              inputBias(d),
              apart ? 2 * spec.hiddenSize() : rows(),
              rows());
        }
      }
    }
  }

  /** Returns the address of the packed biases {@code [G·H]}, or 0 without biases. */
  long inputBias(int direction) {
    return packed == null ? 0 : packed.address() + 4L * direction * rows();
  }

  /** Returns the address of b_hn of a GRU with reset after the product, or 0. */
  long hiddenCandidateBias(int direction) {
    boolean apart = cell == FusedCell.GRU_RESET_AFTER && spec.biases() == Biases.DOUBLE;
    return apart
        ? CudaStorage.address(weights.directions().get(direction).biasHh()) + 8L * spec.hiddenSize()
        : 0;
  }

  long input(int direction) {
    return CudaStorage.address(weights.directions().get(direction).weightIh());
  }

  long hidden(int direction) {
    return CudaStorage.address(weights.directions().get(direction).weightHh());
  }

  @Override
  public void close() {
    if (packed != null) {
      blocks.free(packed);
    }
  }
}
