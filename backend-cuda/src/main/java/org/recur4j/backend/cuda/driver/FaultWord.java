package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemHostGetDevicePointer;

import java.nio.ByteBuffer;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * A word of host memory in which kernels report operands that only they can check, such as an index
 * outside its axis. It is read whenever the host waits for the device.
 */
final class FaultWord implements AutoCloseable {
  private static final int BYTES = 64;
  private static final int GATHER = 1;
  private static final int SCATTER_ADD = 2;

  private final PinnedMemory memory = new PinnedMemory(BYTES);
  private final ByteBuffer words = memory.bytes();
  private final long address;

  FaultWord() {
    DeviceAddress device = new DeviceAddress();
    CudaFailure.check(
        cuMemHostGetDevicePointer(device, memory.pointer(), 0), "map host memory for the device");
    address = device.address();
    words.putInt(0, 0);
  }

  long address() {
    return address;
  }

  void check() {
    int kernel = words.getInt(0);
    if (kernel == 0) {
      return;
    }
    words.putInt(0, 0);
    int value = words.getInt(4);
    int limit = words.getInt(8);
    if (kernel == GATHER || kernel == SCATTER_ADD) {
      throw new InvalidArgumentException(
          kernel == GATHER ? "gather" : "scatterAdd",
          "index " + value,
          "an index in [-1, " + limit + ")",
          "Check the vocabulary that produced the indices");
    }
    throw new InvalidArgumentException(
        "softmaxCrossEntropy",
        "label " + value,
        "a label in [-1, " + limit + ")",
        "Check that the head has as many outputs as there are classes");
  }

  @Override
  public void close() {
    memory.close();
  }
}
