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
import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * What a training step does besides the layers: optimizers, the gradients' norm, the loss. The line
 * {@code done} is in elements a nanosecond.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OptimizerBenchmark {
  private static final int CLASSES = 64;

  /** Elements of a parameter. */
  @Param({"4096", "1048576"})
  public int size;

  private Tensor parameter;
  private Tensor gradient;
  private Tensor first;
  private Tensor second;
  private Tensor rate;
  private Tensor scale;
  private Tensor sum;
  private Tensor logits;
  private Tensor labels;
  private Tensor losses;
  private long step;

  /** Makes the operands. */
  @Setup
  public void create(OpenBackend backend) {
    parameter = backend.random(size);
    gradient = backend.random(size);
    first = backend.random(size);
    second = backend.random(size);
    backend.kernels().fill(0, first);
    backend.kernels().fill(0, second);
    // So small that no number of steps leads anywhere.
    rate = backend.one(1e-9);
    scale = backend.one(1);
    sum = backend.one(0);
    logits = backend.random(size / CLASSES, CLASSES);
    labels = backend.scope().create(DataType.INT32, Shape.of(size / CLASSES));
    backend.kernels().fill(1, labels);
    losses = backend.random(size / CLASSES);
  }

  /** Adam. */
  @Benchmark
  public Tensor adam(OpenBackend backend, Work work) {
    Optimizers.Adam settings = new Optimizers.Adam(0.9, 0.999, 1e-8, 0, false);
    backend.kernels().adam(settings, ++step, rate, scale, gradient, first, second, parameter);
    return count(backend, work);
  }

  /** Stochastic gradient descent with momentum. */
  @Benchmark
  public Tensor momentum(OpenBackend backend, Work work) {
    Optimizers.Sgd settings = new Optimizers.Sgd(0.9, 0, false);
    backend.kernels().sgd(settings, rate, scale, gradient, first, parameter);
    return count(backend, work);
  }

  /** RMSProp. */
  @Benchmark
  public Tensor rmsProp(OpenBackend backend, Work work) {
    Optimizers.RmsProp settings = new Optimizers.RmsProp(0.99, 1e-8, 0);
    backend.kernels().rmsProp(settings, rate, scale, gradient, second, parameter);
    return count(backend, work);
  }

  /** What clipping and the search for broken numbers read. */
  @Benchmark
  public Tensor norm(OpenBackend backend, Work work) {
    backend.kernels().fill(0, sum);
    backend.kernels().addSquaredSum(gradient, sum);
    backend.kernels().addNonFiniteCount(gradient, sum);
    return count(backend, work);
  }

  /** Softmax cross-entropy of 64 classes with its gradient. */
  @Benchmark
  public Tensor crossEntropy(OpenBackend backend, Work work) {
    backend.kernels().softmaxCrossEntropy(logits, labels, null, 0, losses, gradient);
    return count(backend, work);
  }

  private Tensor count(OpenBackend backend, Work work) {
    backend.get().synchronize();
    work.done += size;
    return parameter;
  }
}
