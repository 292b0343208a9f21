package org.recur4j.api.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;

/** Counts are those of the calls made, kernels inside the portable plan included. */
class TracedBackendTest {
  @Test
  void countsPlansAndTheKernelsTheyCall() {
    Backend toy = new ToyProvider().open(BackendOptions.defaults());
    try (TracedBackend backend = new TracedBackend(toy);
        Scope scope = backend.scope("test")) {
      RecurrentSpec spec = RecurrentSpec.lstm(2, 3).biases(Biases.NONE).build();
      DirectionWeights weights =
          new DirectionWeights(
              zeros(backend, scope, 12, 2), zeros(backend, scope, 12, 3), null, null);
      Tensor x = zeros(backend, scope, 5, 1, 2);
      assertThat(backend.tally().count("fill")).isEqualTo(3);
      backend.clear();
      try (RecurrentPlan plan =
          backend.recurrence().plan(spec, new RecurrentWeights(List.of(weights)), Fusion.AUTO)) {
        Pass pass = plan.open(scope, new Extent(5, 1), Mode.TRAINING);
        plan.forward(
            pass, new RecurrentInput(x, null, null, null), new RecurrentOutput(null, null));
        plan.backward(pass, null, null, null);
      }
      CallTally tally = backend.tally();
      assertThat(tally.count("plan")).isEqualTo(1);
      assertThat(tally.count("plan.forward")).isEqualTo(1);
      assertThat(tally.count("plan.backward")).isEqualTo(1);
      assertThat(tally.count("lstmStep")).isEqualTo(5);
      assertThat(tally.count("lstmStepGradient")).isEqualTo(5);
      // four gates: once over the sequence, then each step forward and each step back
      assertThat(tally.count("gemm")).isEqualTo(4 + 4 * 5 + 4 * 5);
      assertThat(tally.count("softmax")).isZero();
      assertThat(tally.toString())
          .startsWith("     calls        ms  name")
          .containsPattern("\n {8}44 +[0-9.]+  gemm");
    }
  }

  @Test
  void errorsComeThroughAsTheyAre() {
    Backend toy = new ToyProvider().open(BackendOptions.defaults());
    try (TracedBackend backend = new TracedBackend(toy)) {
      Scope scope = backend.scope("test");
      Tensor tensor = zeros(backend, scope, 2);
      scope.close();
      assertThatThrownBy(() -> backend.kernels().fill(0, tensor))
          .isInstanceOf(ClosedException.class);
    }
  }

  private static Tensor zeros(Backend backend, Scope scope, int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    backend.kernels().fill(0, tensor);
    return tensor;
  }
}
