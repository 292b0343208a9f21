package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemHostGetDevicePointer;

import java.nio.ByteBuffer;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Where kernels report operands that only they see, such as an index outside its axis: a word of
 * host memory that the device writes, looked at whenever the host waits for the device anyway.
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
          "Check the vocabulary the indices were made with");
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
