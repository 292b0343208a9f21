package org.recur4j.examples.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.Tensor;

/** A recurrent layer's plan: one step, a sequence, a sequence forth and back. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SequenceBenchmark {
  private static final int INPUT = 64;
  private static final int STEPS = 50;

  /** Which cell. */
  @Param({"VANILLA", "LSTM", "GRU"})
  public CellKind cell;

  /** Rows of a batch. */
  @Param({"1", "32"})
  public int batch;

  /** Hidden units. */
  @Param("128")
  public int hidden;

  private RecurrentPlan plan;
  private Pass inference;
  private Pass training;
  private RecurrentInput step;
  private RecurrentOutput stepOutput;
  private RecurrentInput sequence;
  private RecurrentOutput sequenceOutput;
  private RecurrentOutput outputGradient;
  private RecurrentInput inputGradient;
  private RecurrentGradients sums;

  /** Makes plan, passes and operands. */
  @Setup(Level.Trial)
  public void create(OpenBackend backend) {
    RecurrentSpec spec = spec();
    plan =
        backend
            .get()
            .recurrence()
            .plan(spec, new RecurrentWeights(weights(backend, spec)), Fusion.AUTO);
    inference = plan.open(backend.scope(), new Extent(STEPS, batch), Mode.INFERENCE);
    training = plan.open(backend.scope(), new Extent(STEPS, batch), Mode.TRAINING);
    step = new RecurrentInput(backend.random(1, batch, INPUT), null, null, null);
    stepOutput = new RecurrentOutput(backend.random(1, batch, hidden), null);
    sequence = new RecurrentInput(backend.random(STEPS, batch, INPUT), null, null, null);
    sequenceOutput = new RecurrentOutput(backend.random(STEPS, batch, hidden), null);
    outputGradient = new RecurrentOutput(backend.random(STEPS, batch, hidden), null);
    inputGradient = new RecurrentInput(backend.random(STEPS, batch, INPUT), null, null, null);
    sums = new RecurrentGradients(weights(backend, spec));
  }

  private RecurrentSpec spec() {
    return switch (cell) {
      case VANILLA -> RecurrentSpec.vanilla(INPUT, hidden).build();
      case LSTM -> RecurrentSpec.lstm(INPUT, hidden).build();
      case GRU -> RecurrentSpec.gru(INPUT, hidden).build();
    };
  }

  private List<DirectionWeights> weights(OpenBackend backend, RecurrentSpec spec) {
    int rows = spec.gates() * hidden;
    List<DirectionWeights> weights = new ArrayList<>();
    weights.add(
        new DirectionWeights(
            small(backend, backend.random(rows, INPUT)),
            small(backend, backend.random(rows, hidden)),
            small(backend, backend.random(rows)),
            small(backend, backend.random(rows))));
    return weights;
  }

  private Tensor small(OpenBackend backend, Tensor tensor) {
    backend.kernels().affine(1 / Math.sqrt(hidden), 0, tensor, tensor);
    return tensor;
  }

  /** Frees the plan. */
  @TearDown(Level.Trial)
  public void close() {
    plan.close();
  }

  /** One step of all rows, the weights packed. */
  @Benchmark
  public void step(OpenBackend backend) {
    plan.forward(inference, step, stepOutput);
    backend.get().synchronize();
  }

  /** 50 steps that keep nothing. */
  @Benchmark
  public void forward(OpenBackend backend) {
    plan.forward(inference, sequence, sequenceOutput);
    backend.get().synchronize();
  }

  /** 50 steps that keep what backward needs, and backward with all gradients. */
  @Benchmark
  public void forwardAndBackward(OpenBackend backend) {
    plan.forward(training, sequence, sequenceOutput);
    plan.backward(training, outputGradient, inputGradient, sums);
    backend.get().synchronize();
  }
}
