package org.recur4j.backend.ejml.kernel;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.array.HeapMemory;
import org.recur4j.backend.ejml.array.HeapStorage;
import org.recur4j.backend.ejml.engine.FloatEngines;

/** Kernels on two threads, tensors with drawn values, and what is in them. */
abstract class EjmlKernelsFixture {
  private final HeapMemory memory = new HeapMemory();
  final Scope scope = memory.open("test");
  private final Workers workers = new Workers("ejml", 2);
  final EjmlKernels kernels = new EjmlKernels(workers, FloatEngines.preferred());
  final Random random = new Random(17);

  @AfterEach
  void close() {
    memory.close();
    workers.close();
  }

  final Tensor tensor(DataType type, Shape shape) {
    Tensor tensor = scope.create(type, shape);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          type == DataType.INT32 ? random.nextInt(100) : (float) (random.nextDouble() * 2 - 1);
    }
    set(tensor, values);
    return tensor;
  }

  final Tensor integers(int... values) {
    Tensor tensor = scope.create(DataType.INT32, Shape.of(values.length));
    System.arraycopy(values, 0, HeapStorage.ints(tensor), tensor.offset(), values.length);
    return tensor;
  }

  final Tensor tensorOf(Tensor matrix, int times) {
    Tensor result =
        scope.create(matrix.dataType(), Shape.of(times, matrix.extent(0), matrix.extent(1)));
    kernels.copy(matrix, result);
    return result;
  }

  static void set(Tensor tensor, double... values) {
    for (int i = 0; i < values.length; i++) {
      HeapStorage.fill(values[i], tensor, tensor.offset() + i, 1);
    }
  }

  static double value(Tensor tensor, int i) {
    return HeapStorage.element(tensor, tensor.offset() + i);
  }

  static double[] values(Tensor tensor) {
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, i -> value(tensor, i));
    return values;
  }
}
