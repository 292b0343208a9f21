package org.recur4j.backend.cuda.driver;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Storage;

/**
 * A memory of blocks on the device. A block that returns to the pool may be reused at once, even if
 * work on it is still queued, because all work runs in the order of one stream.
 */
public final class CudaMemory extends Memory {
  private final DeviceBlocks blocks;

  /** Creates a memory without blocks. */
  public CudaMemory(DeviceBlocks blocks) {
    this.blocks = blocks;
  }

  @Override
  protected Storage allocate(DataType dataType, int capacity) {
    if (dataType == DataType.FLOAT64) {
      throw new InvalidArgumentException(
          "create a tensor on cuda",
          "FLOAT64",
          "FLOAT32 or INT32",
          "Use the backend ejml for FLOAT64");
    }
    // The pool may have idle blocks of other sizes, which can be freed to make room.
    DeviceAddress pointer = blocks.reserve((long) capacity * dataType.bytes(), this::trim);
    return new CudaStorage(dataType, capacity, pointer);
  }

  @Override
  protected void release(Storage storage) {
    blocks.free(((CudaStorage) storage).pointer());
  }
}
