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
import org.recur4j.api.tensor.Tensor;

/**
 * Matrix products in the shapes of a recurrent layer with four gates. The line {@code done} is in
 * GFLOP/s; operands are packed on every call, which plans do once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProductBenchmark {
  private static final int GATES = 4;
  private static final int STEPS = 50;

  /** Rows of a batch. */
  @Param({"1", "32"})
  public int batch;

  /** Hidden units. */
  @Param({"128", "256", "512"})
  public int hidden;

  private Tensor weights;
  private Tensor states;
  private Tensor gates;
  private Tensor allStates;
  private Tensor allGates;
  private Tensor weightGradient;

  /** Makes the operands. */
  @Setup
  public void create(OpenBackend backend) {
    weights = backend.random(GATES * hidden, hidden);
    states = backend.random(batch, hidden);
    gates = backend.random(batch, GATES * hidden);
    allStates = backend.random(STEPS * batch, hidden);
    allGates = backend.random(STEPS * batch, GATES * hidden);
    weightGradient = backend.random(GATES * hidden, hidden);
  }

  /** Forward, one step: z = h·Wᵀ. */
  @Benchmark
  public Tensor forwardStep(OpenBackend backend, Work work) {
    backend.kernels().gemm(false, true, 1, states, weights, 0, gates);
    return count(backend, work, gates, 1);
  }

  /** Backward, one step: dh = dz·W. */
  @Benchmark
  public Tensor backwardStep(OpenBackend backend, Work work) {
    backend.kernels().gemm(false, false, 1, gates, weights, 0, states);
    return count(backend, work, states, 1);
  }

  /** Forward, all steps at once: Z = X·Wᵀ. */
  @Benchmark
  public Tensor forwardSequence(OpenBackend backend, Work work) {
    backend.kernels().gemm(false, true, 1, allStates, weights, 0, allGates);
    return count(backend, work, allGates, STEPS);
  }

  /** Gradient of the weights, all steps at once: dW = dZᵀ·H. */
  @Benchmark
  public Tensor weightGradient(OpenBackend backend, Work work) {
    backend.kernels().gemm(true, false, 1, allGates, allStates, 0, weightGradient);
    return count(backend, work, weightGradient, STEPS);
  }

  private Tensor count(OpenBackend backend, Work work, Tensor result, int steps) {
    backend.get().synchronize();
    work.done += 2.0 * steps * batch * GATES * hidden * hidden;
    return result;
  }
}
