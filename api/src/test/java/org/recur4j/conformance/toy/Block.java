package org.recur4j.conformance.toy;

import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Storage;
import org.recur4j.api.tensor.Tensor;

/** One Java array, read and written as doubles whatever its type. */
abstract sealed class Block extends Storage {
  private Block(DataType dataType, int capacity) {
    super(dataType, capacity);
  }

  abstract double at(int index);

  abstract void put(int index, double value);

  static double get(Tensor tensor, int index) {
    return tensor.storage(Block.class).at(tensor.offset() + index);
  }

  static void set(Tensor tensor, int index, double value) {
    tensor.storage(Block.class).put(tensor.offset() + index, value);
  }

  static void add(Tensor tensor, int index, double value) {
    set(tensor, index, get(tensor, index) + value);
  }

  /** β · element, where β = 0 does not look: the element may be NaN. */
  static double scaled(double beta, Tensor tensor, int index) {
    return beta == 0 ? 0 : beta * get(tensor, index);
  }

  /** The element of a smaller shape that stands, broadcast, at an element of a larger one. */
  static int broadcast(int index, Shape larger, Shape smaller) {
    int result = 0;
    int stride = 1;
    for (int axis = 1; axis <= smaller.rank(); axis++) {
      int extent = smaller.extent(-axis);
      result += extent == 1 ? 0 : stride * (index % extent);
      stride *= extent;
      index /= larger.extent(-axis);
    }
    return result;
  }

  static Block of(DataType dataType, int capacity) {
    return switch (dataType) {
      case FLOAT32 -> new Floats(capacity);
      case FLOAT64 -> new Doubles(capacity);
      case INT32 -> new Ints(capacity);
    };
  }

  private static final class Floats extends Block {
    private final float[] values;

    Floats(int capacity) {
      super(DataType.FLOAT32, capacity);
      values = new float[capacity];
    }

    @Override
    double at(int index) {
      return values[index];
    }

    @Override
    void put(int index, double value) {
      values[index] = (float) value;
    }
  }

  private static final class Doubles extends Block {
    private final double[] values;

    Doubles(int capacity) {
      super(DataType.FLOAT64, capacity);
      values = new double[capacity];
    }

    @Override
    double at(int index) {
      return values[index];
    }

    @Override
    void put(int index, double value) {
      values[index] = value;
    }
  }

  private static final class Ints extends Block {
    private final int[] values;

    Ints(int capacity) {
      super(DataType.INT32, capacity);
      values = new int[capacity];
    }

    @Override
    double at(int index) {
      return values[index];
    }

    @Override
    void put(int index, double value) {
      values[index] = (int) value;
    }
  }
}
