package org.recur4j.models.safetensors;

import java.util.List;
import java.util.Objects;
import org.recur4j.api.error.RecurException;

/**
 * One line of a model file's table of contents.
 *
 * @param name the tensor's name, for instance {@code lstm.weight_ih_l0}
 * @param type the element type
 * @param shape the sizes, outermost first; empty for a scalar; a size of 0 makes an empty tensor
 * @param begin the first byte, counted from the start of the data section
 * @param end the byte after the last
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {
  /** Refuses a range that is not the shape's size. */
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
   * How many elements there are.
   *
   * @return the product of the sizes, 1 for a scalar
   */
  public long elementCount() {
    return elementCount(shape);
  }

  /**
   * How many bytes there are.
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
   * The size in bytes; throws ArithmeticException where it does not fit 63 bits or does not fill
   * whole bytes.
   */
  static long byteCount(StoredType type, List<Long> shape) {
    long bits = Math.multiplyExact(elementCount(shape), (long) type.bits());
    if (bits % 8 != 0) {
      throw new ArithmeticException(bits + " bits do not fill whole bytes");
    }
    return bits / 8;
  }
}
