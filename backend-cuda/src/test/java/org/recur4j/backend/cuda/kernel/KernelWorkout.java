package org.recur4j.backend.cuda.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Runs every kernel in which threads wait for each other, on extents that no tile divides, and
 * collects the results.
 */
final class KernelWorkout {
  private final Backend backend;
  private final Kernels kernels;
  private final SplittableRandom random = new SplittableRandom(5);
  private final List<Tensor> results = new ArrayList<>();
  private Scope scope;

  KernelWorkout(Backend backend) {
    this.backend = backend;
    this.kernels = backend.kernels();
  }

  /** Everything computed, one after another; the same numbers every time. */
  float[] run() {
    try (Scope opened = backend.scope("workout")) {
      scope = opened;
      products();
      reductions();
      indexing();
      losses();
      sequences();
      return collect();
    }
  }

  private void products() {
    kernels.gemm(false, true, 1, input(37, 45), input(41, 45), 0, output(37, 41));
  }

  private void reductions() {
    Tensor x = input(5, 300);
    kernels.reduce(Reduction.SUM, x, 0, output(300));
    kernels.reduce(Reduction.SUM, x, 1, output(5));
    kernels.reduce(Reduction.MAXIMUM, x, 1, output(5));
    kernels.argMax(x, integers(5));
    kernels.addSquaredSum(x, output(1));
    kernels.addNonFiniteCount(x, output(1));
  }

  private void indexing() {
    Tensor indices = integers(70);
    int[] values = new int[70];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4);
    }
    backend.upload(values, 0, indices);
    kernels.scatterAdd(input(70, 90), 0, indices, output(4, 90));
    kernels.transpose(input(40, 50), output(50, 40));
  }

  private void losses() {
    Tensor logits = input(3, 200);
    Tensor y = output(3, 200);
    kernels.softmax(logits, null, y);
    kernels.softmaxGradient(y, input(3, 200), output(3, 200));
    Tensor labels = integers(3);
    backend.upload(new int[] {7, 199, 0}, 0, labels);
    kernels.softmaxCrossEntropy(logits, labels, null, 0.1, output(1), output(3, 200));
    // In place: what is still to be read must not be written yet.
    Tensor both = input(3, 200);
    results.add(both);
    kernels.softmaxCrossEntropy(both, labels, null, 0.1, output(1), both);
  }

  /**
   * Batches of both the narrow and the tall tiles; directions, lengths and chunks of a long sum.
   */
  private void sequences() {
    // W_hh of this one fits no block's shared memory here, so each step is a launch of its own.
    sequence(RecurrentSpec.vanilla(5, 160), 2, 3);
    sequence(RecurrentSpec.vanilla(5, 20), 3, 3);
    sequence(RecurrentSpec.lstm(5, 20), 3, 3);
    sequence(RecurrentSpec.lstm(5, 20), 2, 35);
    sequence(RecurrentSpec.gru(5, 20), 2, 3);
    sequence(RecurrentSpec.gru(5, 20).reset(ResetVariant.BEFORE_PRODUCT), 2, 3);
    sequence(RecurrentSpec.vanilla(5, 20).precision(Precision.TF32), 2, 35);
    sequence(RecurrentSpec.vanilla(3, 4), 2, 300);
  }

  private void sequence(RecurrentSpec.Builder builder, int steps, int batch) {
    RecurrentSpec spec = builder.build();
    RecurrentWeights weights = new RecurrentWeights(List.of(weights(spec, this::input)));
    Tensor x = input(steps, batch, spec.inputSize());
    try (RecurrentPlan plan = backend.recurrence().plan(spec, weights, Fusion.REQUIRE)) {
      Pass pass = plan.open(scope, new Extent(steps, batch), Mode.TRAINING);
      plan.forward(
          pass,
          new RecurrentInput(x, null, null, null),
          new RecurrentOutput(output(steps, batch, spec.hiddenSize()), null));
      plan.backward(
          pass,
          new RecurrentOutput(input(steps, batch, spec.hiddenSize()), null),
          new RecurrentInput(output(steps, batch, spec.inputSize()), null, null, null),
          new RecurrentGradients(List.of(weights(spec, this::output))));
    }
  }

  private static DirectionWeights weights(RecurrentSpec spec, Function<int[], Tensor> tensor) {
    int rows = spec.gates() * spec.hiddenSize();
    return new DirectionWeights(
        tensor.apply(new int[] {rows, spec.inputSize()}),
        tensor.apply(new int[] {rows, spec.hiddenSize()}),
        tensor.apply(new int[] {rows}),
        tensor.apply(new int[] {rows}));
  }

  private Tensor input(int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private Tensor output(int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    backend.upload(new float[tensor.size()], 0, tensor);
    results.add(tensor);
    return tensor;
  }

  private Tensor integers(int count) {
    Tensor tensor = scope.create(DataType.INT32, Shape.of(count));
    backend.upload(new int[count], 0, tensor);
    results.add(tensor);
    return tensor;
  }

  private float[] collect() {
    int size = 0;
    for (Tensor tensor : results) {
      size += tensor.size();
    }
    float[] all = new float[size];
    int at = 0;
    for (Tensor tensor : results) {
      if (tensor.dataType() == DataType.INT32) {
        int[] values = new int[tensor.size()];
        backend.download(tensor, values, 0);
        for (int value : values) {
          all[at++] = value;
        }
      } else {
        backend.download(tensor, all, at);
        at += tensor.size();
      }
    }
    return all;
  }
}
