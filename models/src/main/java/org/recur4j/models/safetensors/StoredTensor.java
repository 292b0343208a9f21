package org.recur4j.models.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.recur4j.api.error.RecurException;

/**
 * A tensor to be written. Arrays are not copied: leave them alone until the file is written.
 *
 * @param name the tensor's name in the file
 * @param type the element type
 * @param shape the sizes, outermost first; empty for a scalar
 * @param bytes the source of the content, row-major
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, TensorBytes bytes) {
  /** Refuses a shape without a size in bytes. */
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
              + ", expected a size in whole bytes that fits 63 bits.",
          e);
    }
  }

  /**
   * A tensor of type F32.
   *
   * @param name the tensor's name
   * @param values row-major, as many as the shape has
   * @param shape the sizes
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
   * A tensor of type F64.
   *
   * @param name the tensor's name
   * @param values row-major, as many as the shape has
   * @param shape the sizes
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
   * A tensor of type I32.
   *
   * @param name the tensor's name
   * @param values row-major, as many as the shape has
   * @param shape the sizes
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
   * A tensor of type I64.
   *
   * @param name the tensor's name
   * @param values row-major, as many as the shape has
   * @param shape the sizes
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
   * A tensor of any type, from its bytes as they shall stand in the file.
   *
   * @param name the tensor's name
   * @param type the element type
   * @param bytes little-endian, row-major
   * @param shape the sizes
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
   * The size of the content.
   *
   * @return bytes
   */
  public long byteCount() {
    return TensorEntry.byteCount(type, shape);
  }

  /** A view's put does not move the chunk's own position; returns the bytes that were left. */
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
              + ". Pass the values of the whole tensor.");
    }
  }
}
