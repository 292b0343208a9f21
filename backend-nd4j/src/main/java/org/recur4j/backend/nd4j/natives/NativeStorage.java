package org.recur4j.backend.nd4j.natives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.Pointer;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/**
 * A block of native memory with its address for OpenBLAS, a buffer of floats, and a buffer of
 * integers, which is also used to copy floats bit by bit. The buffers are accessed by absolute
 * indices only, so threads may share them.
 */
public final class NativeStorage extends Storage {
  private final Pointer pointer;
  private final long address;
  private final FloatBuffer floats;
  private final IntBuffer integers;

  NativeStorage(DataType dataType, int capacity, Engine engine) {
    super(dataType, capacity);
    long bytes = bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidArgumentException(
          "allocate a tensor",
          capacity + " elements, " + bytes + " bytes",
          "at most " + Integer.MAX_VALUE + " bytes per tensor on the backend nd4j",
          "Use smaller batches");
    }
    this.pointer = engine.allocate(bytes);
    this.address = pointer.address();
    ByteBuffer memory = pointer.capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    this.floats = memory.asFloatBuffer();
    this.integers = memory.asIntBuffer();
  }

  void free(Engine engine) {
    engine.free(pointer);
  }

  /** Returns the address of an element of this block. */
  public long address(int index) {
    return address + 4L * index;
  }

  /** Returns the elements of this block. */
  public FloatBuffer floats() {
    return floats;
  }

  static NativeStorage of(Tensor tensor) {
    return tensor.storage(NativeStorage.class);
  }

  /** Returns the address of a tensor's first element. */
  public static long address(Tensor tensor) {
    return of(tensor).address(tensor.offset());
  }

  /** Returns the block of a FLOAT32 tensor, whose first element is at its offset. */
  public static FloatBuffer floats(Tensor tensor) {
    return of(tensor).floats;
  }

  /** Returns the elements of a tensor that must be FLOAT32. */
  public static FloatBuffer floats(String operation, Tensor tensor) {
    requireFloats(operation, tensor);
    return floats(tensor);
  }

  /** Throws an exception if a tensor is not FLOAT32. */
  public static void requireFloats(String operation, Tensor tensor) {
    if (tensor.dataType() != DataType.FLOAT32) {
      throw new InvalidArgumentException(
          operation,
          tensor.toString(),
          "a FLOAT32 tensor",
          "Use FLOAT32 for operands; INT32 is for indices and lengths");
    }
  }

  /** Returns the block of a tensor of any type as 32-bit words. */
  public static IntBuffer integers(Tensor tensor) {
    return of(tensor).integers;
  }
}
