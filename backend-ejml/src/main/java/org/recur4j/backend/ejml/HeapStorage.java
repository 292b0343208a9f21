package org.recur4j.backend.ejml;

import org.recur4j.api.spi.JavaArrays;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** A Java array. Exactly one of the three accessors fits its type; the others fail. */
final class HeapStorage extends Storage {
  /** For the kernels of FLOAT64 that the interface brings. */
  static final JavaArrays ARRAYS =
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

  static float[] floats(Tensor tensor) {
    return (float[]) array(tensor);
  }

  static double[] doubles(Tensor tensor) {
    return (double[]) array(tensor);
  }

  static int[] ints(Tensor tensor) {
    return (int[]) array(tensor);
  }

  /** The array whatever its type, for moves that {@link System#arraycopy} makes. */
  static Object array(Tensor tensor) {
    return tensor.storage(HeapStorage.class).array;
  }
}
