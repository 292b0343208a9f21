package org.recur4j.backend.ejml.array;

import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Storage;

/** Tensors in Java arrays; the garbage collector frees what the pool releases. */
public final class HeapMemory extends Memory {
  @Override
  protected Storage allocate(DataType dataType, int capacity) {
    return new HeapStorage(dataType, capacity);
  }

  @Override
  protected void release(Storage storage) {
    // The array is now unreachable; there is nothing else to free.
  }
}
