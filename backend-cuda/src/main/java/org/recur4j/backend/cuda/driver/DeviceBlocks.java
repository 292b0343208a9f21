package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;

import jcuda.driver.CUresult;

/** Blocks of device memory, straight from the driver. */
public final class DeviceBlocks {
  private static final String RESERVE = "allocate memory on the CUDA device";

  private final LaunchQueue queue;

  DeviceBlocks(LaunchQueue queue) {
    this.queue = queue;
  }

  /**
   * Allocates.
   *
   * @param bytes how many
   * @param makeRoom called once if there is no room, before a second attempt
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

  /** Allocates, or answers null where there is no room. */
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

  /** Waits for the device, so that no queued work loses its memory. */
  public void free(DeviceAddress pointer) {
    synchronized (queue) {
      queue.enter();
      queue.drain();
      CudaFailure.check(cuMemFree(pointer), "free memory on the CUDA device");
    }
  }
}
