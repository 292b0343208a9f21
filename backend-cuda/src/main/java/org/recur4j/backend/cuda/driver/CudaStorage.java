package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUdeviceptr;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** A block of device memory; all elements are 32 bits wide. */
public final class CudaStorage extends Storage {
  private final DeviceAddress pointer;

  CudaStorage(DataType dataType, int capacity, DeviceAddress pointer) {
    super(dataType, capacity);
    this.pointer = pointer;
  }

  DeviceAddress pointer() {
    return pointer;
  }

  /** Returns the device address of a tensor's first element. */
  public static long address(Tensor tensor) {
    return tensor.storage(CudaStorage.class).pointer.address() + 4L * tensor.offset();
  }

  /** Returns the device address of a tensor's first element, or 0 for null. */
  public static long addressOrNull(Tensor tensor) {
    return tensor == null ? 0 : address(tensor);
  }

  /**
   * Returns a pointer to an element of a tensor for copies; the block itself if the offset is 0.
   */
  static CUdeviceptr pointer(Tensor tensor, long skippedElements) {
    long bytes = 4L * (tensor.offset() + skippedElements);
    DeviceAddress start = tensor.storage(CudaStorage.class).pointer;
    return bytes == 0 ? start : start.withByteOffset(bytes);
  }
}
