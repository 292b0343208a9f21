package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.recur4j.api.error.RecurException;

/**
 * A tensor to be written. Arrays are not copied and must not be changed until the file is written.
 *
 * @param name name of the tensor in the file
 * @param type element type
 * @param shape sizes, outermost first; empty for a scalar
 * @param bytes source of the content, row-major
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, TensorBytes bytes) {
  /** Validates that the size in bytes is defined. */
  public StoredTensor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(bytes, "bytes");
    shape = List.copyOf(shape);
    try {
      TensorEntry.byteCount(type, shape);
    } catch (ArithmeticException e) {
      throw new RecurException(
          "Tensor '"
              + name
              + "': got type "
              + type
              + " and shape "
              + shape
              + ", expected a size in whole bytes that fits in 63 bits.",
          e);
    }
  }

  /**
   * Returns a tensor of type F32.
   *
   * @param name name of the tensor
   * @param values all elements, row-major
   * @param shape sizes, outermost first
   * @return the tensor
   */
  public static StoredTensor of(String name, float[] values, long... shape) {
    checkLength(name, values.length, shape);
    return new StoredTensor(
        name,
        StoredType.F32,
        sizes(shape),
        (first, chunk) ->
            chunk
                .asFloatBuffer()
                .put(values, (int) (first / Float.BYTES), advance(chunk) / Float.BYTES));
  }

  /**
   * Returns a tensor of type F64.
   *
   * @param name name of the tensor
   * @param values all elements, row-major
   * @param shape sizes, outermost first
   * @return the tensor
   */
  public static StoredTensor of(String name, double[] values, long... shape) {
    checkLength(name, values.length, shape);
    return new StoredTensor(
        name,
        StoredType.F64,
        sizes(shape),
        (first, chunk) ->
            chunk
                .asDoubleBuffer()
                .put(values, (int) (first / Double.BYTES), advance(chunk) / Double.BYTES));
  }

  /**
   * Returns a tensor of type I32.
   *
   * @param name name of the tensor
   * @param values all elements, row-major
   * @param shape sizes, outermost first
   * @return the tensor
   */
  public static StoredTensor of(String name, int[] values, long... shape) {
    checkLength(name, values.length, shape);
    return new StoredTensor(
        name,
        StoredType.I32,
        sizes(shape),
        (first, chunk) ->
            chunk
                .asIntBuffer()
                .put(values, (int) (first / Integer.BYTES), advance(chunk) / Integer.BYTES));
  }

  /**
   * Returns a tensor of type I64.
   *
   * @param name name of the tensor
   * @param values all elements, row-major
   * @param shape sizes, outermost first
   * @return the tensor
   */
  public static StoredTensor of(String name, long[] values, long... shape) {
    checkLength(name, values.length, shape);
    return new StoredTensor(
        name,
        StoredType.I64,
        sizes(shape),
        (first, chunk) ->
            chunk
                .asLongBuffer()
                .put(values, (int) (first / Long.BYTES), advance(chunk) / Long.BYTES));
  }

  /**
   * Returns a tensor of any type with the given bytes.
   *
   * @param name name of the tensor
   * @param type element type
   * @param bytes bytes as stored in the file, little-endian, row-major
   * @param shape sizes, outermost first
   * @return the tensor
   */
  public static StoredTensor ofBytes(String name, StoredType type, byte[] bytes, long... shape) {
    StoredTensor tensor =
        new StoredTensor(
            name,
            type,
            sizes(shape),
            (first, chunk) -> chunk.put(bytes, (int) first, chunk.remaining()));
    if (tensor.byteCount() != bytes.length) {
      throw new RecurException(
          "Tensor '"
              + name
              + "': got "
              + bytes.length
              + " bytes, expected "
              + tensor.byteCount()
              + " for type "
              + type
              + " and shape "
              + tensor.shape()
              + ".");
    }
    return tensor;
  }

  /**
   * Returns the size of the content.
   *
   * @return bytes
   */
  public long byteCount() {
    return TensorEntry.byteCount(type, shape);
  }

  /**
   * Moves a chunk's position to its limit, because writing through a view does not, and returns the
   * number of bytes skipped.
   */
  private static int advance(ByteBuffer chunk) {
    int bytes = chunk.remaining();
    chunk.position(chunk.limit());
    return bytes;
  }

  private static List<Long> sizes(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private static void checkLength(String name, int length, long[] shape) {
    List<Long> sizes = sizes(shape);
    long count;
    try {
      count = TensorEntry.elementCount(sizes);
    } catch (ArithmeticException e) {
      throw new RecurException(
          "Tensor '" + name + "': got shape " + sizes + ", expected fewer than 2^63 elements.", e);
    }
    if (count != length) {
      throw new RecurException(
          "Tensor '"
              + name
              + "': got "
              + length
              + " values, expected "
              + count
              + " for shape "
              + sizes
              + ". Pass all elements of the tensor.");
    }
  }
}
