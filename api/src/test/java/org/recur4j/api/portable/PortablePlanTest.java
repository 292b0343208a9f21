package org.recur4j.api.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.decorate.CheckedBackend;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
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
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.reference.NaiveCase;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;

/** The portable plan over the checked toy backend, in double precision, against the reference. */
class PortablePlanTest {
  private static final RecurrentSpec LSTM =
      RecurrentSpec.lstm(3, 4).dataType(DataType.FLOAT64).build();

  private Backend backend;
  private Scope scope;

  @BeforeEach
  void open() {
    backend = new CheckedBackend(new ToyProvider().open(BackendOptions.defaults()));
    scope = backend.scope("test");
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  static List<NaiveCase> cases() {
    return NaiveCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(NaiveCase one) {
    RecurrentSpec spec = one.spec();
    NaiveRecurrence reference = new NaiveRecurrence(spec, one.weights());
    NaiveResult want = reference.forward(one.input());
    NaiveGradients wantGradients =
        reference.backward(one.input(), one.dy(), one.dLastHidden(), one.dLastCell());
    try (RecurrentPlan plan = plan(spec, one)) {
      // larger than the batch, and run before with another, so that views are made anew
      Pass pass = plan.open(scope, new Extent(7, 5), Mode.TRACING);
      plan.forward(pass, warmUp(spec), new RecurrentOutput(null, null));
      for (int repeat = 0; repeat < 2; repeat++) {
        Tensor y = spoiled(one.dy().length, 5, 4, spec.outputSize());
        RecurrentState last = state(spec, null, null, 4);
        plan.forward(pass, input(one), new RecurrentOutput(y, last));
        near("y", y, want.y());
        near("last hidden", last.hidden(), want.lastHidden());
        near("last cell", last.cell(), want.lastCell());
        Tensor gates =
            spoiled(
                want.gates().length,
                5,
                4,
                spec.directions(),
                want.gates().length / 20 / spec.directions());
        plan.read(pass, Trace.GATES, gates);
        near("gates", gates, want.gates());
        Tensor states = spoiled(want.y().length, 5, 4, spec.directions(), spec.hiddenSize());
        if (spec.hasCellState()) {
          plan.read(pass, Trace.CELL_STATES, states);
          near("cell states", states, want.cellStates());
        }
        Tensor dx = spoiled(one.input().x().length, 5, 4, spec.inputSize());
        RecurrentState dInitial = state(spec, null, null, 4);
        RecurrentGradients sums = zeroSums(one);
        plan.backward(
            pass,
            new RecurrentOutput(
                upload(one.dy(), 5, 4, spec.outputSize()),
                state(spec, one.dLastHidden(), one.dLastCell(), 4)),
            new RecurrentInput(dx, null, dInitial, null),
            sums);
        near("dx", dx, wantGradients.x());
        near("dInitial hidden", dInitial.hidden(), wantGradients.initialHidden());
        near("dInitial cell", dInitial.cell(), wantGradients.initialCell());
        for (int d = 0; d < spec.directions(); d++) {
          DirectionWeights sum = sums.directions().get(d);
          NaiveWeights wanted = wantGradients.weights().get(d);
          near("dW_ih", sum.weightIh(), wanted.weightIh());
          near("dW_hh", sum.weightHh(), wanted.weightHh());
          near("db_ih", sum.biasIh(), wanted.biasIh());
          near("db_hh", sum.biasHh(), wanted.biasHh());
        }
        plan.read(pass, Trace.STATE_GRADIENTS, states);
        near("state gradients", states, wantGradients.stateGradients());
      }
    }
  }

  @Test
  void lastMayBeTheInitialState() {
    NaiveCase one = NaiveCase.of(LSTM, 2, new int[] {2, 1, 0, 2}, true, 1);
    NaiveResult want = new NaiveRecurrence(LSTM, one.weights()).forward(one.input());
    try (RecurrentPlan plan = plan(LSTM, one)) {
      Pass pass = plan.open(scope, new Extent(2, 4), Mode.INFERENCE);
      RecurrentInput in = input(one);
      plan.forward(pass, in, new RecurrentOutput(null, in.initial()));
      near("last hidden", in.initial().hidden(), want.lastHidden());
      near("last cell", in.initial().cell(), want.lastCell());
    }
  }

  @Test
  void sumsAreAddedTo() {
    NaiveCase one = NaiveCase.of(LSTM, 2, null, false, 2);
    double[] once =
        new NaiveRecurrence(LSTM, one.weights())
            .backward(one.input(), null, one.dLastHidden(), null)
            .weights()
            .get(0)
            .weightHh();
    try (RecurrentPlan plan = plan(LSTM, one)) {
      Pass pass = plan.open(scope, new Extent(2, 4), Mode.TRAINING);
      RecurrentGradients sums = zeroSums(one);
      plan.forward(pass, input(one), new RecurrentOutput(null, null));
      Tensor dHidden = upload(one.dLastHidden(), 1, 4, 4);
      RecurrentOutput dOut = new RecurrentOutput(null, new RecurrentState(dHidden, null));
      plan.backward(pass, dOut, null, sums);
      plan.backward(pass, dOut, null, sums);
      for (int i = 0; i < once.length; i++) {
        once[i] *= 2;
      }
      near("dW_hh", sums.directions().get(0).weightHh(), once);
    }
  }

  @Test
  void movedWeightsAreRefusedUntilRefreshed() {
    NaiveCase one = NaiveCase.of(LSTM, 2, null, false, 3);
    RecurrentWeights weights = weights(one);
    try (RecurrentPlan plan = backend.recurrence().plan(LSTM, weights, Fusion.AUTO)) {
      Pass pass = plan.open(scope, new Extent(2, 4), Mode.TRAINING);
      RecurrentOutput none = new RecurrentOutput(null, null);
      plan.forward(pass, input(one), none);
      backend.kernels().fill(0.25, weights.directions().get(0).biasHh());
      assertThatThrownBy(() -> plan.backward(pass, none, null, null))
          .isInstanceOf(StaleWeightsException.class)
          .hasMessageContaining("weights written since the forward being differentiated");
      assertThatThrownBy(() -> plan.forward(pass, input(one), none))
          .isInstanceOf(StaleWeightsException.class)
          .hasMessageContaining("Call refresh()");
      plan.refresh();
      plan.forward(pass, input(one), none);
    }
  }

  @Test
  void misuseIsRefusedInWords() {
    NaiveCase one = NaiveCase.of(LSTM, 5, null, false, 4);
    RecurrentOutput none = new RecurrentOutput(null, null);
    try (RecurrentPlan plan = plan(LSTM, one);
        RecurrentPlan other = plan(LSTM, one)) {
      Pass small = plan.open(scope, new Extent(4, 4), Mode.INFERENCE);
      assertThatThrownBy(() -> plan.forward(small, input(one), none))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "forward: got 5 steps of batch 4; expected at most 4 steps of batch 4."
                  + " Open a pass with a larger extent.");
      assertThatThrownBy(() -> plan.backward(small, none, null, null))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a pass in mode INFERENCE that has not run forward");
      assertThatThrownBy(() -> other.forward(small, input(one), none))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a pass of another plan");
      Pass pass = plan.open(scope, new Extent(5, 4), Mode.TRAINING);
      Tensor wide = spoiled(5 * 4 * 5, 5, 4, 5);
      assertThatThrownBy(() -> plan.forward(pass, input(one), new RecurrentOutput(wide, null)))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("y FLOAT64 [5, 4, 5]; expected FLOAT64 [5, 4, 4]");
      RecurrentState half = new RecurrentState(spoiled(16, 1, 4, 4), null);
      assertThatThrownBy(() -> plan.forward(pass, input(one), new RecurrentOutput(null, half)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("the last state without its cell part");
    }
  }

  @Test
  void requiredFusionIsRefusedWithTheReason() {
    NaiveCase one = NaiveCase.of(LSTM, 1, null, false, 5);
    RecurrentWeights weights = weights(one);
    assertThatThrownBy(() -> backend.recurrence().plan(LSTM, weights, Fusion.REQUIRE))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("this backend has no fused plan");
  }

  @Test
  void aRepeatedCallAllocatesNoTensors() {
    NaiveCase one = NaiveCase.of(LSTM, 5, new int[] {3, 5, 0, 1}, true, 6);
    try (RecurrentPlan plan = plan(LSTM, one)) {
      Pass pass = plan.open(scope, new Extent(5, 4), Mode.TRAINING);
      RecurrentInput in = input(one);
      RecurrentOutput out = new RecurrentOutput(spoiled(80, 5, 4, 4), null);
      plan.forward(pass, in, out);
      long before = scope.bytes();
      plan.forward(pass, in, out);
      plan.backward(pass, out, null, null);
      assertThat(scope.bytes()).isEqualTo(before);
    }
  }

  private RecurrentInput warmUp(RecurrentSpec spec) {
    Tensor x = upload(new double[6 * 2 * spec.inputSize()], 6, 2, spec.inputSize());
    int state = spec.directions() * 2 * spec.hiddenSize();
    Tensor mask =
        spec.hiddenMask()
            ? upload(new double[state], spec.directions(), 2, spec.hiddenSize())
            : null;
    return new RecurrentInput(x, null, null, mask);
  }

  private RecurrentPlan plan(RecurrentSpec spec, NaiveCase one) {
    return backend.recurrence().plan(spec, weights(one), Fusion.AUTO);
  }

  private RecurrentWeights weights(NaiveCase one) {
    return new RecurrentWeights(tensors(one, one.weights()));
  }

  private RecurrentGradients zeroSums(NaiveCase one) {
    List<DirectionWeights> tensors = tensors(one, one.weights());
    for (DirectionWeights each : tensors) {
      for (Tensor tensor :
          new Tensor[] {each.weightIh(), each.weightHh(), each.biasIh(), each.biasHh()}) {
        if (tensor != null) {
          backend.kernels().fill(0, tensor);
        }
      }
    }
    return new RecurrentGradients(tensors);
  }

  private List<DirectionWeights> tensors(NaiveCase one, List<NaiveWeights> arrays) {
    int rows = one.spec().gates() * one.spec().hiddenSize();
    List<DirectionWeights> tensors = new ArrayList<>();
    for (NaiveWeights each : arrays) {
      tensors.add(
          new DirectionWeights(
              upload(each.weightIh(), rows, one.spec().inputSize()),
              upload(each.weightHh(), rows, one.spec().hiddenSize()),
              upload(each.biasIh(), rows),
              upload(each.biasHh(), rows)));
    }
    return tensors;
  }

  private RecurrentInput input(NaiveCase one) {
    RecurrentSpec spec = one.spec();
    int steps = one.input().steps();
    return new RecurrentInput(
        upload(one.input().x(), steps, 4, spec.inputSize()),
        one.input().lengths() == null ? null : Lengths.of(steps, one.input().lengths()),
        one.input().initialHidden() == null
            ? null
            : state(spec, one.input().initialHidden(), one.input().initialCell(), 4),
        upload(one.input().hiddenMask(), spec.directions(), 4, spec.hiddenSize()));
  }

  /** From arrays, or filled with NaN. */
  private RecurrentState state(RecurrentSpec spec, double[] hidden, double[] cell, int batch) {
    int size = spec.directions() * batch * spec.hiddenSize();
    int[] extents = {spec.directions(), batch, spec.hiddenSize()};
    return new RecurrentState(
        hidden == null ? spoiled(size, extents) : upload(hidden, extents),
        !spec.hasCellState()
            ? null
            : cell == null ? spoiled(size, extents) : upload(cell, extents));
  }

  private Tensor spoiled(int size, int... extents) {
    double[] values = new double[size];
    java.util.Arrays.fill(values, Double.NaN);
    return upload(values, extents);
  }

  private Tensor upload(double[] values, int... extents) {
    if (values == null) {
      return null;
    }
    Tensor tensor = scope.create(DataType.FLOAT64, Shape.of(extents));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private void near(String name, Tensor got, double[] want) {
    if (want == null) {
      assertThat(got).as(name).isNull();
      return;
    }
    double[] values = new double[got.size()];
    backend.download(got, values, 0);
    assertThat(values).as(name).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(want[i], within(1e-11));
      if (want[i] == 0) {
        assertThat(Math.abs(values[i])).as("%s[%d], exactly", name, i).isEqualTo(0.0);
      }
    }
  }
}
