package org.recur4j.backend.nd4j.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.NativesPresent;
import org.recur4j.backend.nd4j.PlanRig;

/**
 * Fused plans at sizes the conformance kit does not reach: hidden units cut in parts, inputs cut in
 * chunks, matrices on their side; against the portable plan, which the kit holds to its oracle.
 */
class FusedPlanTest {
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = NativesPresent.open(BackendOptions.defaults().withThreads(2));
  }

  @AfterAll
  static void close() {
    if (backend != null) {
      backend.close();
    }
  }

  /** What runs: a specification, T, B and lengths. */
  record Case(RecurrentSpec spec, int steps, int batch, Lengths lengths) {
    @Override
    public String toString() {
      return spec.cell()
          + " "
          + spec.activation()
          + " "
          + spec.reset()
          + " "
          + spec.direction()
          + " "
          + spec.inputSize()
          + "→"
          + spec.hiddenSize()
          + " T "
          + steps
          + " B "
          + batch
          + (lengths == null ? "" : " ragged")
          + (spec.hiddenMask() ? " masked" : "");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (RecurrentSpec.Builder cell : cells(12, 144)) {
      cases.add(new Case(cell.build(), 19, 24, null));
      cases.add(new Case(cell.direction(Direction.REVERSE).build(), 19, 24, ragged(19, 24)));
      cases.add(new Case(cell.hiddenMask(true).build(), 5, 3, ragged(5, 3)));
    }
    for (RecurrentSpec.Builder cell : cells(5, 144)) {
      cases.add(new Case(cell.build(), 40, 1, null));
      cases.add(new Case(cell.direction(Direction.BIDIRECTIONAL).build(), 40, 1, ragged(40, 1)));
      cases.add(new Case(cell.direction(Direction.BIDIRECTIONAL).build(), 9, 40, ragged(9, 40)));
    }
    // 256 packed rows, which the matrices pad.
    cases.add(new Case(RecurrentSpec.gru(7, 144).build(), 16, 16, null));
    cases.add(new Case(RecurrentSpec.lstm(64, 512).build(), 8, 32, null));
    cases.add(new Case(RecurrentSpec.gru(64, 512).build(), 6, 32, ragged(6, 32)));
    return cases.stream();
  }

  private static List<RecurrentSpec.Builder> cells(int input, int hidden) {
    return List.of(
        RecurrentSpec.vanilla(input, hidden),
        RecurrentSpec.vanilla(input, hidden).activation(Activation.RELU),
        RecurrentSpec.lstm(input, hidden),
        RecurrentSpec.gru(input, hidden),
        RecurrentSpec.gru(input, hidden).reset(ResetVariant.BEFORE_PRODUCT));
  }

  /** Every length from none to all, in no order. */
  private static Lengths ragged(int steps, int batch) {
    int[] lengths = new int[batch];
    for (int b = 0; b < batch; b++) {
      lengths[b] = (b * 7 + 3) % (steps + 1);
    }
    return Lengths.of(steps, lengths);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isThePortablePlanButForRounding(Case c) {
    poison();
    List<float[]> want = run(backend, c, Mode.TRAINING, Fusion.FORBID);
    List<float[]> got = run(backend, c, Mode.TRAINING, Fusion.REQUIRE);
    close(got, want);
    try (PlanRig inference =
        new PlanRig(
            backend, c.spec(), c.steps(), c.batch(), c.lengths(), Mode.INFERENCE, Fusion.REQUIRE)) {
      inference.forward();
      close(inference.outputs(), want.subList(0, inference.outputs().size()));
    }
  }

  @ParameterizedTest
  @Tag("thorough")
  @MethodSource("cases")
  void givesTheSameBitsOnAnyThreads(Case c) {
    List<float[]> want = run(backend, c, Mode.TRAINING, Fusion.REQUIRE);
    for (int threads : new int[] {1, 3}) {
      try (Backend other = NativesPresent.open(BackendOptions.defaults().withThreads(threads))) {
        List<float[]> got = run(other, c, Mode.TRAINING, Fusion.REQUIRE);
        for (int t = 0; t < want.size(); t++) {
          assertThat(Arrays.equals(got.get(t), want.get(t)))
              .as("tensor %d on %d thread(s)", t, threads)
              .isTrue();
        }
      }
    }
  }

  @Test
  void backwardRunsTwiceOnOneForward() {
    RecurrentSpec spec = RecurrentSpec.gru(12, 144).build();
    try (PlanRig rig =
        new PlanRig(backend, spec, 9, 8, ragged(9, 8), Mode.TRAINING, Fusion.REQUIRE)) {
      rig.forward();
      rig.backward();
      float[] dx = rig.read(rig.dIn.x());
      float[] once = rig.read(rig.sums.directions().get(0).weightHh());
      rig.backward();
      assertThat(rig.read(rig.dIn.x())).isEqualTo(dx);
      float[] twice = rig.read(rig.sums.directions().get(0).weightHh());
      for (int i = 0; i < twice.length; i++) {
        assertThat(twice[i] - 0.25f).isCloseTo(2 * (once[i] - 0.25f), offset(2e-5f));
      }
    }
  }

  @Test
  void backwardRefusesAnInputThatIsGone() {
    RecurrentSpec spec = RecurrentSpec.vanilla(3, 4).build();
    try (PlanRig rig = new PlanRig(backend, spec, 2, 2, null, Mode.TRAINING, Fusion.REQUIRE)) {
      try (Scope input = backend.scope("input")) {
        Tensor x = input.create(DataType.FLOAT32, Shape.of(2, 2, 3));
        backend.kernels().fill(0.5, x);
        rig.plan.forward(rig.pass, new RecurrentInput(x, null, null, null), rig.out);
      }
      assertThatThrownBy(rig::backward)
          .isInstanceOf(ClosedException.class)
          .hasMessageContaining("x of the forward being differentiated")
          .hasMessageContaining("Keep their scope open");
    }
  }

  @Test
  void aClosedPlanAndAClosedPassAreRefused() {
    RecurrentSpec spec = RecurrentSpec.lstm(3, 4).build();
    PlanRig rig = new PlanRig(backend, spec, 2, 2, null, Mode.INFERENCE, Fusion.REQUIRE);
    assertThatThrownBy(rig::backward).hasMessageContaining("TRAINING or TRACING");
    rig.plan.close();
    assertThatThrownBy(rig::forward)
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("a closed plan");
    PlanRig other = new PlanRig(backend, spec, 2, 2, null, Mode.INFERENCE, Fusion.REQUIRE);
    assertThatThrownBy(() -> rig.plan.forward(other.pass, other.in, other.out))
        .hasMessageContaining("a closed plan");
    assertThatThrownBy(() -> other.plan.forward(rig.pass, other.in, other.out))
        .hasMessageContaining("a pass of another plan");
    other.close();
    rig.close();
  }

  private static List<float[]> run(Backend on, Case c, Mode mode, Fusion fusion) {
    try (PlanRig rig = new PlanRig(on, c.spec(), c.steps(), c.batch(), c.lengths(), mode, fusion)) {
      rig.forward();
      rig.backward();
      List<float[]> all = new ArrayList<>(rig.outputs());
      all.addAll(rig.gradients());
      return all;
    }
  }

  /** The bound of the kit for gradients, taken from the largest element of each tensor. */
  private static void close(List<float[]> got, List<float[]> want) {
    assertThat(got).hasSameSizeAs(want);
    for (int t = 0; t < got.size(); t++) {
      float largest = 1;
      for (float value : want.get(t)) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < want.get(t).length; i++) {
        float error = Math.abs(got.get(t)[i] - want.get(t)[i]);
        // "Not at most" refuses NaN as well.
        if (!(error <= 2e-5f * largest)) {
          throw new AssertionError(
              "tensor "
                  + t
                  + " element "
                  + i
                  + ": got "
                  + got.get(t)[i]
                  + ", want "
                  + want.get(t)[i]);
        }
      }
    }
  }

  /** Leaves NaN in the memory that the next scope gets. */
  private static void poison() {
    try (Scope scope = backend.scope("poison")) {
      for (int size = 64; size < 400_000; size = size * 9 / 8) {
        backend.kernels().fill(Double.NaN, scope.create(DataType.FLOAT32, Shape.of(size)));
      }
    }
  }
}
