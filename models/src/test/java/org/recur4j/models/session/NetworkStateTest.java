package org.recur4j.models.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.ManyToManyBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkOutput;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.network.Networks;

/** A sequence in two chunks, the state carried, is the sequence. */
class NetworkStateTest {
  private static final List<int[]> WHOLE =
      List.of(new int[] {1, 2, 3, 4, 0}, new int[] {5, 1}, new int[] {2, 2, 2, 4, 3});
  private static final int CUT = 3;
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void twoChunksEqualTheWholeThroughTwoPlannedLayers(CellKind cell) {
    try (Network network = stack(RecurrentLayerSpec.of(cell, 4)).build(backend)) {
      twoChunksEqualTheWhole(network);
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void twoChunksEqualTheWholeStepByStep(CellKind cell) {
    try (Network network = stack(RecurrentLayerSpec.of(cell, 4)).stepwise().build(backend)) {
      twoChunksEqualTheWhole(network);
    }
  }

  private static void twoChunksEqualTheWhole(Network network) {
    try (NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test")) {
      EagerOps ops = new EagerOps(backend, scope);
      double[] whole = download(run.forward(ops, batch(0, 5), 0));
      NetworkOutput first = run.forward(ops, batch(0, CUT), null, 0);
      NetworkOutput second = run.forward(ops, batch(CUT, 5), first.last(), 0);
      assertThat(first.last().layers()).hasSize(2);
      assertThat(first.last().layers().get(0).hidden().shape().toArray()).containsExactly(1, 3, 4);
      double[] head = download(first.values());
      double[] tail = download(second.values());
      int rowOfSteps = head.length / CUT;
      for (int row = 0; row < 3; row++) {
        for (int t = 0; t < WHOLE.get(row).length; t++) {
          double[] chunk = t < CUT ? head : tail;
          for (int c = 0; c < 2; c++) {
            int place = (t % CUT) * rowOfSteps + 2 * row + c;
            assertThat(chunk[place]).isCloseTo(whole[t * rowOfSteps + 2 * row + c], within(1e-12));
          }
        }
      }
    }
  }

  @Test
  void aRowThatHasEndedKeepsItsState() {
    try (Network network = stack(Networks.lstm(4)).build(backend);
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test")) {
      EagerOps ops = new EagerOps(backend, scope);
      NetworkState first = run.forward(ops, batch(0, CUT), null, 0).last();
      NetworkState second = run.forward(ops, batch(CUT, 5), first, 0).last();
      for (int layer = 0; layer < 2; layer++) {
        for (int part = 0; part < 2; part++) {
          double[] before = download(first.layers().get(layer).parts().get(part));
          double[] after = download(second.layers().get(layer).parts().get(part));
          assertThat(Arrays.copyOfRange(after, 4, 8)).isEqualTo(Arrays.copyOfRange(before, 4, 8));
          assertThat(after[0]).isNotEqualTo(before[0]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void theGradientOfTheInitialStateIsTheDifferenceQuotient(CellKind cell) {
    try (Network network = stack(RecurrentLayerSpec.of(cell, 4)).build(backend);
        NetworkRun run = network.open(Mode.TRAINING, 0);
        Scope scope = backend.scope("test")) {
      NetworkState initial =
          run.forward(new EagerOps(backend, scope), batch(0, CUT), null, 0)
              .last()
              .copy(backend, scope);
      Tape tape = new Tape(backend, scope, new Gradients(backend, scope, network.parameters()));
      List<Tensor> parts = new ArrayList<>();
      initial.layers().forEach(state -> parts.addAll(state.parts()));
      parts.forEach(tape::watch);
      tape.backward(loss(tape, run, initial));
      double step = 1e-6;
      for (Tensor part : parts) {
        double[] values = download(part);
        double[] gradient = download(tape.gradient(part));
        for (int i = 0; i < values.length; i++) {
          double quotient =
              (loss(run, initial, part, values, i, step)
                      - loss(run, initial, part, values, i, -step))
                  / (2 * step);
          assertThat(gradient[i]).isCloseTo(quotient, within(1e-8));
        }
      }
    }
  }

  private static double loss(
      NetworkRun run, NetworkState initial, Tensor part, double[] values, int i, double step) {
    double[] moved = values.clone();
    moved[i] += step;
    backend.upload(moved, 0, part);
    try (Scope scope = backend.scope("quotient")) {
      return download(loss(new EagerOps(backend, scope), run, initial))[0];
    } finally {
      backend.upload(values, 0, part);
    }
  }

  private static Tensor loss(Ops ops, NetworkRun run, NetworkState initial) {
    NetworkOutput out = run.forward(ops, batch(CUT, 5), initial, 0);
    Tensor last = out.last().layers().get(1).hidden();
    return ops.add(ops.sum(ops.tanh(out.values())), ops.sum(ops.multiply(last, last)));
  }

  @Test
  void aCopyIsAnotherStateWithTheSameNumbersAndSetOverwritesIt() {
    try (Network network = stack(Networks.lstm(4)).build(backend);
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test");
        Scope step = backend.scope("step")) {
      NetworkState carried =
          run.forward(new EagerOps(backend, step), batch(0, CUT), null, 0)
              .last()
              .copy(backend, scope);
      double[] before = download(carried.layers().get(1).hidden());
      step.reset();
      assertThat(download(carried.layers().get(1).hidden())).isEqualTo(before);
      NetworkState next =
          run.forward(new EagerOps(backend, step), batch(CUT, 5), carried, 0).last();
      Tensor place = carried.layers().get(1).hidden();
      carried.set(backend, next);
      assertThat(carried.layers().get(1).hidden()).isSameAs(place);
      assertThat(download(place)).isEqualTo(download(next.layers().get(1).hidden()));
      assertThat(download(place)).isNotEqualTo(before);
    }
  }

  @Test
  void statesOfAnotherNetworkAreRefused() {
    try (Network network = stack(Networks.lstm(4)).build(backend);
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("test")) {
      EagerOps ops = new EagerOps(backend, scope);
      NetworkState state = run.forward(ops, batch(0, CUT), null, 0).last();
      NetworkState half = new NetworkState(state.layers().subList(0, 1));
      assertThatThrownBy(() -> run.forward(ops, batch(CUT, 5), half, 0))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("states of 1 recurrent layers")
          .hasMessageContaining("expected 2");
      assertThatThrownBy(() -> state.set(backend, half))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("of one network and with the same number of rows");
      NetworkState gru =
          new NetworkState(state.layers().stream().map(layer -> State.of(layer.hidden())).toList());
      assertThatThrownBy(() -> run.forward(ops, batch(CUT, 5), gru, 0))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("LSTM");
      assertThatThrownBy(
              () -> run.forward(ops, SequenceBatch.ofIndices(WHOLE.subList(0, 2)), state, 0))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("rows");
    }
  }

  private static ManyToManyBuilder stack(RecurrentLayerSpec spec) {
    return Networks.manyToMany()
        .embedding(6, 3)
        .recurrent(spec)
        .dropout(0)
        .recurrent(spec)
        .classes(2)
        .initialWeights(InitialWeights.PYTORCH)
        .seed(3)
        .dataType(DataType.FLOAT64);
  }

  private static SequenceBatch batch(int from, int to) {
    return SequenceBatch.ofIndices(
        WHOLE.stream()
            .map(
                row ->
                    Arrays.copyOfRange(row, Math.min(from, row.length), Math.min(to, row.length)))
            .toList());
  }

  private static double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
