package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;

import jcuda.driver.CUresult;

/** Blocks of device memory, allocated directly from the driver. */
public final class DeviceBlocks {
  private static final String RESERVE = "allocate memory on the CUDA device";

  private final LaunchQueue queue;

  DeviceBlocks(LaunchQueue queue) {
    this.queue = queue;
  }

  /**
   * Allocates a block.
   *
   * @param bytes size of the block
   * @param makeRoom called once if there is not enough memory, before a second attempt
   */
  public DeviceAddress reserve(long bytes, Runnable makeRoom) {
    synchronized (queue) {
      DeviceAddress pointer = reserveOrNull(bytes);
      if (pointer == null) {
        makeRoom.run();
        pointer = reserveOrNull(bytes);
      }
      if (pointer == null) {
        long[] free = new long[1];
        long[] total = new long[1];
        cuMemGetInfo(free, total);
        throw CudaFailure.outOfMemory(RESERVE, bytes, free[0], total[0]);
      }
      return pointer;
    }
  }

  /** Allocates a block, or returns null if there is not enough memory. */
  DeviceAddress reserveOrNull(long bytes) {
    DeviceAddress pointer = new DeviceAddress();
    synchronized (queue) {
      queue.enter();
      int code = cuMemAlloc(pointer, bytes);
      if (code == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
        return null;
      }
      CudaFailure.check(code, RESERVE);
    }
    return pointer;
  }

  /** Frees a block after waiting for the device, so that no queued work uses it. */
  public void free(DeviceAddress pointer) {
    synchronized (queue) {
      queue.enter();
      queue.drain();
      CudaFailure.check(cuMemFree(pointer), "free memory on the CUDA device");
    }
  }
}
