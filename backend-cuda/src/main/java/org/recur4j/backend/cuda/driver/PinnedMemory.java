package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.CU_MEMHOSTALLOC_DEVICEMAP;
import static jcuda.driver.JCudaDriver.CU_MEMHOSTALLOC_PORTABLE;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;

/** Page-locked host memory, which asynchronous copies require. */
final class PinnedMemory implements AutoCloseable {
  private final Pointer pointer = new Pointer();
  private final ByteBuffer bytes;

  PinnedMemory(int size) {
    CudaFailure.check(
        cuMemHostAlloc(pointer, size, CU_MEMHOSTALLOC_PORTABLE | CU_MEMHOSTALLOC_DEVICEMAP),
        "allocate " + size + " bytes of pinned host memory");
    bytes = pointer.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  Pointer pointer() {
    return pointer;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    CudaFailure.check(cuMemFreeHost(pointer), "free pinned host memory");
  }
}
