package org.recur4j.examples.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The backend that a benchmark runs on, and a scope for its tensors. */
@State(Scope.Benchmark)
public class OpenBackend {
  /** Its name; choose others with {@code -p backend=ejml,nd4j}. */
  @Param("ejml")
  public String backend;

  /** Worker threads. */
  @Param("1")
  public int threads;

  private Backend open;
  private org.recur4j.api.tensor.Scope scope;
  private int created;

  /** Opens it. */
  @Setup(Level.Trial)
  public void open() {
    open = Backends.open(backend, BackendOptions.defaults().withThreads(threads));
    scope = open.scope("benchmark");
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    scope.close();
    open.close();
  }

  Backend get() {
    return open;
  }

  Kernels kernels() {
    return open.kernels();
  }

  org.recur4j.api.tensor.Scope scope() {
    return scope;
  }

  /** Random numbers in [−1, 1). */
  Tensor random(int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    float[] numbers = new float[tensor.size()];
    Philox random = new Philox(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 2 * random.uniform(RandomStream.CUSTOM.at(0), created, i) - 1;
    }
    created++;
    open.upload(numbers, 0, tensor);
    return tensor;
  }

  Tensor one(double value) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(1));
    kernels().fill(value, tensor);
    return tensor;
  }
}
