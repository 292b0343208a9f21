package org.recur4j.backend.cuda.sequence;

import static jcuda.driver.CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
import static jcuda.driver.JCudaDriver.cuFuncSetAttribute;

import org.recur4j.api.spi.FusedCell;
import org.recur4j.backend.cuda.driver.CudaFailure;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.Kernel;
import org.recur4j.backend.cuda.driver.KernelModule;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/**
 * Kernels that run all steps of a sequence in one launch, for cells whose W_hh fits in a block's
 * shared memory. Results are bit-equal to those of the kernels of one step.
 */
final class ResidentKernels {
  /** The number of batch rows per block, for which the kernels are compiled. */
  private static final int ROWS = 2;

  private static final int WARP = 32;

  /** The kernels' launch bound. */
  private static final int MOST_THREADS = 512;

  private final LaunchQueue queue;
  private final int sharedBytes;
  private final Kernel vanillaForward;
  private final Kernel lstmForward;
  private final Kernel gruAfterForward;
  private final Kernel gruBeforeForward;
  private final Kernel vanillaBackward;
  private final Kernel lstmBackward;
  private final Kernel gruAfterBackward;
  private final Kernel gruBeforeBackward;

  ResidentKernels(Device device) {
    this.queue = device.queue();
    this.sharedBytes = device.facts().sharedBytes();
    KernelModule module = device.module();
    this.vanillaForward = kernel(module, "vanilla_forward_resident");
    this.lstmForward = kernel(module, "lstm_forward_resident");
    this.gruAfterForward = kernel(module, "gru_after_forward_resident");
    this.gruBeforeForward = kernel(module, "gru_before_forward_resident");
    this.vanillaBackward = kernel(module, "vanilla_backward_resident");
    this.lstmBackward = kernel(module, "lstm_backward_resident");
    this.gruAfterBackward = kernel(module, "gru_after_backward_resident");
    this.gruBeforeBackward = kernel(module, "gru_before_backward_resident");
  }

  private Kernel kernel(KernelModule module, String name) {
    Kernel kernel = module.kernel(name);
    CudaFailure.check(
        cuFuncSetAttribute(
            kernel.function(), CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, sharedBytes),
        "allow " + kernel.name() + " to use " + sharedBytes + " bytes of shared memory");
    return kernel;
  }

  /** Returns whether a cell of the given size can run this way on this device. */
  boolean fits(FusedCell cell, int size, boolean backward) {
    return size <= MOST_THREADS && bytes(cell, size, backward) <= sharedBytes;
  }

  /**
   * Returns the shared memory for W_hh, two buffers of the values passed between steps, and the
   * values of a reset gate before the product.
   */
  static long bytes(FusedCell cell, int size, boolean backward) {
    boolean before = cell == FusedCell.GRU_RESET_BEFORE;
    long weights = (long) cell.gates() * size * size;
    long handed = (long) ROWS * size * (!backward ? 1 : before ? 2 : cell.gates());
    return 4 * (weights + 2 * handed + (before ? (long) ROWS * size : 0));
  }

  void forward(StepWalk walk) {
    DirectionWork work = walk.work;
    int batch = walk.batch;
    queue.begin(
        switch (walk.cell) {
          case TANH, RELU -> vanillaForward;
          case LSTM -> lstmForward;
          case GRU_RESET_AFTER -> gruAfterForward;
          case GRU_RESET_BEFORE -> gruBeforeForward;
        });
    queue.address(walk.weights).address(walk.bias).address(work.mask).address(walk.lengths);
    queue.address(work.gates(0, batch)).address(work.hiddenSlots()).address(work.maskedSlots());
    queue.address(work.cellSlots()).address(work.keptExtra());
    run(walk, false);
  }

  /** Runs all steps and stores the initial state's gradient in carry and cellGradient. */
  void backward(StepWalk walk) {
    DirectionWork work = walk.work;
    int batch = walk.batch;
    queue.begin(
        switch (walk.cell) {
          case TANH, RELU -> vanillaBackward;
          case LSTM -> lstmBackward;
          case GRU_RESET_AFTER -> gruAfterBackward;
          case GRU_RESET_BEFORE -> gruBeforeBackward;
        });
    queue.address(walk.weights).address(work.mask).address(walk.lengths);
    queue.address(work.gates(0, batch)).address(work.hiddenSlots());
    queue.address(work.mask == 0 ? work.hiddenSlots() : work.maskedSlots());
    queue.address(work.cellSlots()).address(work.keptExtra()).address(work.gradient(0, batch));
    queue.address(work.hiddenGradient(0, batch)).address(work.carry).address(work.cellGradient);
    run(walk, true);
  }

  private void run(StepWalk walk, boolean backward) {
    queue.integer(walk.steps).integer(walk.batch).integer(walk.size);
    queue.flag(walk.work.reverse).flag(walk.cell == FusedCell.RELU);
    int threads = (walk.size + WARP - 1) / WARP * WARP;
    int blocks = (walk.batch + ROWS - 1) / ROWS;
    queue.run(blocks, 1, 1, threads, (int) bytes(walk.cell, walk.size, backward));
  }
}
