package org.recur4j.backend.ejml.array;

import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.spi.JavaArrays;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/**
 * Storage in a Java array. Of the three typed accessors, the one for the storage's data type
 * returns the array; the others throw {@link ClassCastException}.
 */
public final class HeapStorage extends Storage {
  /** Access to the arrays for the FLOAT64 kernels of {@link org.recur4j.api.spi}. */
  public static final JavaArrays ARRAYS =
      new JavaArrays() {
        @Override
        public double[] doubles(Tensor tensor) {
          return HeapStorage.doubles(tensor);
        }

        @Override
        public int[] integers(Tensor tensor) {
          return HeapStorage.ints(tensor);
        }
      };

  private final Object array;

  HeapStorage(DataType dataType, int capacity) {
    super(dataType, capacity);
    this.array =
        switch (dataType) {
          case FLOAT32 -> new float[capacity];
          case FLOAT64 -> new double[capacity];
          case INT32 -> new int[capacity];
        };
  }

  /** Returns the array of a FLOAT32 tensor. */
  public static float[] floats(Tensor tensor) {
    return (float[]) array(tensor);
  }

  /** Returns the array of a FLOAT64 tensor. */
  public static double[] doubles(Tensor tensor) {
    return (double[]) array(tensor);
  }

  /** Returns the array of an INT32 tensor. */
  public static int[] ints(Tensor tensor) {
    return (int[]) array(tensor);
  }

  /** Returns the array of a tensor of any type, for {@link System#arraycopy}. */
  public static Object array(Tensor tensor) {
    return tensor.storage(HeapStorage.class).array;
  }

  /** Returns the array of a FLOAT32 tensor, or null if the tensor is null. */
  public static float[] floatsOrNull(Tensor tensor) {
    return tensor == null ? null : floats(tensor);
  }

  /** Returns the offset of a tensor, or 0 if the tensor is null. */
  public static int offsetOrZero(Tensor tensor) {
    return tensor == null ? 0 : tensor.offset();
  }

  /** Returns true for FLOAT32 and false for FLOAT64; rejects INT32. */
  public static boolean isSingle(String operation, Tensor tensor) {
    DataType type = tensor.dataType();
    if (!type.isFloating()) {
      throw new InvalidArgumentException(
          operation,
          tensor.toString(),
          "a floating type",
          "Use FLOAT32 or FLOAT64; integers are for indices and lengths");
    }
    return type == DataType.FLOAT32;
  }

  /** Returns the array's element at an absolute offset. */
  public static double element(Tensor x, int offset) {
    return switch (x.dataType()) {
      case FLOAT32 -> floats(x)[offset];
      case FLOAT64 -> doubles(x)[offset];
      case INT32 -> ints(x)[offset];
    };
  }

  /** Sets n elements of the array, the first at an absolute offset. */
  public static void fill(double value, Tensor y, int offset, int n) {
    switch (y.dataType()) {
      case FLOAT32 -> Arrays.fill(floats(y), offset, offset + n, (float) value);
      case FLOAT64 -> Arrays.fill(doubles(y), offset, offset + n, value);
      case INT32 -> Arrays.fill(ints(y), offset, offset + n, (int) value);
    }
  }
}
