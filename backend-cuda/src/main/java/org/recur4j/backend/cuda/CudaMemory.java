package org.recur4j.backend.cuda;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Storage;

/**
 * Tensors on the device. A block that returns to the pool may be handed out again at once, although
 * work on it is still queued: everything runs in the order of one stream.
 */
final class CudaMemory extends Memory {
  private final DeviceBlocks blocks;

  CudaMemory(DeviceBlocks blocks) {
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
    // Blocks of other sizes may lie idle in the pool.
    DeviceAddress pointer = blocks.reserve((long) capacity * dataType.bytes(), this::trim);
    return new CudaStorage(dataType, capacity, pointer);
  }

  @Override
  protected void release(Storage storage) {
    blocks.free(((CudaStorage) storage).pointer());
  }
}
