package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import org.recur4j.api.tensor.Tensor;

/**
 * An operand of a call, unpacked: made once a pass and pointed anew by each call, so that a call
 * allocates nothing. Indices count from the tensor's first element.
 */
final class View {
  private FloatBuffer buffer;
  private int offset;
  private long address;

  /** Points here; null for an absent operand. */
  void of(Tensor tensor) {
    if (tensor == null) {
      buffer = null;
      return;
    }
    NativeStorage storage = NativeStorage.of(tensor);
    buffer = storage.floats();
    offset = tensor.offset();
    address = storage.address(offset);
  }

  boolean isPresent() {
    return buffer != null;
  }

  long address(int index) {
    return address + 4L * index;
  }

  void get(int index, float[] to, int at, int n) {
    buffer.get(offset + index, to, at, n);
  }

  void put(int index, float[] from, int at, int n) {
    buffer.put(offset + index, from, at, n);
  }

  /** Copies between native blocks. */
  void put(int index, View from, int at, int n) {
    buffer.put(offset + index, from.buffer, from.offset + at, n);
  }
}
