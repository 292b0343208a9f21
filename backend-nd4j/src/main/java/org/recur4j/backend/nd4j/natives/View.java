package org.recur4j.backend.nd4j.natives;

import java.nio.FloatBuffer;
import org.recur4j.api.tensor.Tensor;

/**
 * A view of a FLOAT32 tensor. A pass creates its views once and sets them to the operands of each
 * call, so that a call allocates nothing. Indices are relative to the tensor's first element.
 */
public final class View {
  private FloatBuffer buffer;
  private int offset;
  private long address;

  /** Sets this view to a tensor, or to none if the tensor is null. */
  public void of(Tensor tensor) {
    if (tensor == null) {
      buffer = null;
      return;
    }
    NativeStorage storage = NativeStorage.of(tensor);
    buffer = storage.floats();
    offset = tensor.offset();
    address = storage.address(offset);
  }

  /** Returns whether this view has a tensor. */
  public boolean isPresent() {
    return buffer != null;
  }

  /** Returns the address of an element. */
  public long address(int index) {
    return address + 4L * index;
  }

  /** Copies n elements to an array. */
  public void get(int index, float[] to, int at, int n) {
    buffer.get(offset + index, to, at, n);
  }

  /** Copies n elements from an array. */
  public void put(int index, float[] from, int at, int n) {
    buffer.put(offset + index, from, at, n);
  }

  /** Copies n elements from another view. */
  public void put(int index, View from, int at, int n) {
    buffer.put(offset + index, from.buffer, from.offset + at, n);
  }
}
