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

  /** Where a tensor's first element stands on the device. */
  public static long address(Tensor tensor) {
    return tensor.storage(CudaStorage.class).pointer.address() + 4L * tensor.offset();
  }

  /** The same, or 0 for no tensor. */
  public static long addressOrNull(Tensor tensor) {
    return tensor == null ? 0 : address(tensor);
  }

  /** What copies take: the block itself, or a pointer into it. */
  static CUdeviceptr pointer(Tensor tensor, long skippedElements) {
    long bytes = 4L * (tensor.offset() + skippedElements);
    DeviceAddress start = tensor.storage(CudaStorage.class).pointer;
    return bytes == 0 ? start : start.withByteOffset(bytes);
  }
}
