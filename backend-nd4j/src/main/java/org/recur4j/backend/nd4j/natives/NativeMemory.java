package org.recur4j.backend.nd4j.natives;

import java.util.concurrent.atomic.AtomicLong;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Storage;

/** A memory of native blocks, which are freed explicitly and never by the garbage collector. */
public final class NativeMemory extends Memory {
  private final Engine engine;
  private final AtomicLong bytes = new AtomicLong();

  /** Creates a memory without blocks. */
  public NativeMemory(Engine engine) {
    this.engine = engine;
  }

  @Override
  protected Storage allocate(DataType dataType, int capacity) {
    return block(dataType, capacity);
  }

  @Override
  protected void release(Storage storage) {
    free((NativeStorage) storage);
  }

  /** Allocates a block outside the pool; the caller frees it. */
  public NativeStorage block(DataType dataType, int capacity) {
    if (dataType == DataType.FLOAT64) {
      throw new InvalidArgumentException(
          "allocate a FLOAT64 tensor",
          "the backend nd4j",
          "FLOAT32 or INT32",
          "Use the backend ejml for double precision");
    }
    NativeStorage storage = new NativeStorage(dataType, capacity, engine);
    bytes.addAndGet(storage.bytes());
    return storage;
  }

  /** Frees a block allocated by {@link #block}. */
  public void free(NativeStorage storage) {
    bytes.addAndGet(-storage.bytes());
    storage.free(engine);
  }

  /** Returns the native bytes in use by the pool, tensors and packed weights. */
  long nativeBytes() {
    return bytes.get();
  }
}
