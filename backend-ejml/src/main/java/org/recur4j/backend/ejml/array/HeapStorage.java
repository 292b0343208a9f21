package org.recur4j.backend.ejml.array;

import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.spi.JavaArrays;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** A Java array. Exactly one of the three accessors fits its type; the others fail. */
public final class HeapStorage extends Storage {
  /** For the kernels of FLOAT64 that the interface brings. */
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

  public static float[] floats(Tensor tensor) {
    return (float[]) array(tensor);
  }

  public static double[] doubles(Tensor tensor) {
    return (double[]) array(tensor);
  }

  public static int[] ints(Tensor tensor) {
    return (int[]) array(tensor);
  }

  /** The array whatever its type, for moves that {@link System#arraycopy} makes. */
  public static Object array(Tensor tensor) {
    return tensor.storage(HeapStorage.class).array;
  }

  /** The array of a FLOAT32 tensor that may be absent; null if it is. */
  public static float[] floatsOrNull(Tensor tensor) {
    return tensor == null ? null : floats(tensor);
  }

  /** The offset of a tensor that may be absent; 0 if it is. */
  public static int offsetOrZero(Tensor tensor) {
    return tensor == null ? 0 : tensor.offset();
  }

  /** True for FLOAT32, false for FLOAT64; integers are refused. */
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

  /** One element by its absolute offset; every int is a double. */
  public static double element(Tensor x, int offset) {
    return switch (x.dataType()) {
      case FLOAT32 -> floats(x)[offset];
      case FLOAT64 -> doubles(x)[offset];
      case INT32 -> ints(x)[offset];
    };
  }

  /** Sets n elements of y's array from an absolute offset. */
  public static void fill(double value, Tensor y, int offset, int n) {
    switch (y.dataType()) {
      case FLOAT32 -> Arrays.fill(floats(y), offset, offset + n, (float) value);
      case FLOAT64 -> Arrays.fill(doubles(y), offset, offset + n, value);
      case INT32 -> Arrays.fill(ints(y), offset, offset + n, (int) value);
    }
  }
}
