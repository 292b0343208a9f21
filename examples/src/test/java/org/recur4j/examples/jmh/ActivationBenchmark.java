package org.recur4j.examples.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.Tensor;

/** Activations over a tensor. The line {@code done} is in elements a nanosecond. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ActivationBenchmark {
  /** Elements: those of a step of 32 rows, and those of a sequence. */
  @Param({"4096", "1048576"})
  public int size;

  private Tensor x;
  private Tensor y;
  private Tensor dy;

  /** Makes the operands. */
  @Setup
  public void create(OpenBackend backend) {
    x = backend.random(size);
    y = backend.random(size);
    dy = backend.random(size);
  }

  /** y = tanh(x). */
  @Benchmark
  public Tensor tanh(OpenBackend backend, Work work) {
    backend.kernels().activation(Activation.TANH, x, y);
    return count(backend, work);
  }

  /** y = σ(x). */
  @Benchmark
  public Tensor sigmoid(OpenBackend backend, Work work) {
    backend.kernels().activation(Activation.SIGMOID, x, y);
    return count(backend, work);
  }

  /** dx = dy·(1 − y²). */
  @Benchmark
  public Tensor tanhGradient(OpenBackend backend, Work work) {
    backend.kernels().activationGradient(Activation.TANH, y, dy, x);
    return count(backend, work);
  }

  private Tensor count(OpenBackend backend, Work work) {
    backend.get().synchronize();
    work.done += size;
    return y;
  }
}
