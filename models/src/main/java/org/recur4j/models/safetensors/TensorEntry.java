package org.recur4j.models.safetensors;

import java.util.List;
import java.util.Objects;
import org.recur4j.api.error.RecurException;

/**
 * The header entry of one tensor.
 *
 * @param name name of the tensor, for example {@code lstm.weight_ih_l0}
 * @param type element type
 * @param shape sizes, outermost first; empty for a scalar; a size of 0 means an empty tensor
 * @param begin position of the first byte in the data section
 * @param end position after the last byte
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {
  /** Validates that the range has the size of the tensor. */
  public TensorEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
    long bytes = byteCount(type, shape);
    if (begin < 0 || end < begin || end - begin != bytes) {
      throw new RecurException(
          "Tensor entry: got the bytes ["
              + begin
              + ", "
              + end
              + ") for tensor '"
              + name
              + "', whose type "
              + type
              + " and shape "
              + shape
              + " need "
              + bytes
              + "; expected a range of exactly that size. Compute end as begin plus the size.");
    }
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the sizes, 1 for a scalar
   */
  public long elementCount() {
    return elementCount(shape);
  }

  /**
   * Returns the number of bytes.
   *
   * @return end − begin
   */
  public long byteCount() {
    return end - begin;
  }

  static long elementCount(List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new RecurException(
            "Tensor shape: got the negative size "
                + size
                + " in "
                + shape
                + ", expected sizes of at least 0. Correct the shape.");
      }
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /**
   * Returns the size in bytes; throws ArithmeticException if it does not fit in 63 bits or is not a
   * whole number of bytes.
   */
  static long byteCount(StoredType type, List<Long> shape) {
    long bits = Math.multiplyExact(elementCount(shape), (long) type.bits());
    if (bits % 8 != 0) {
      throw new ArithmeticException(bits + " bits are not a whole number of bytes");
    }
    return bits / 8;
  }
}
