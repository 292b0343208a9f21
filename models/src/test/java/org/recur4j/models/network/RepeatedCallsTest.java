package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.RecurrentAssembly;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.internal.recurrent.ScanOutput;

/**
 * One plan called several times before the walk back, as a decoder calls it: a sequence cut into
 * calls of one step, the state handed on, is the whole sequence.
 */
class RepeatedCallsTest {
  private static final int STEPS = 4;
  private static final int BATCH = 2;
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;

  private Backend backend;
  private Scope scope;
  private Scope step;
  private Workspaces passes;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
    scope = backend.scope("test");
    step = scope.child("step");
    passes = new Workspaces(scope.child("passes"));
  }

  @AfterEach
  void close() {
    passes.close();
    scope.close();
    backend.close();
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aSequenceInOneCallAndStepByStepHaveTheSameGradients(CellKind kind) {
    try (RecurrentLayer layer = layer(kind)) {
      List<double[]> whole = train(layer, STEPS);
      List<double[]> pieces = train(layer, 1);
      List<double[]> halves = train(layer, 2);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(pieces.get(i)).containsExactly(whole.get(i), within(1e-12));
        assertThat(halves.get(i)).containsExactly(whole.get(i), within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aRepeatedBatchOpensNothingNew(CellKind kind) {
    try (RecurrentLayer layer = layer(kind)) {
      train(layer, 1);
      List<double[]> second = train(layer, 1);
      long allocations = backend.memory().use().allocations();
      long held = scope.bytes();
      assertThat(train(layer, 1)).usingRecursiveComparison().isEqualTo(second);
      assertThat(backend.memory().use().allocations()).isEqualTo(allocations);
      assertThat(scope.bytes()).isEqualTo(held);
    }
  }

  @Test
  void aStateOfAnotherShapeIsRefused() {
    try (RecurrentLayer layer = layer(CellKind.LSTM)) {
      LayerContext run = run(new Tape(backend, step), 1);
      Tensor x = random(Shape.of(1, BATCH, INPUTS), 0);
      Tensor part = random(Shape.of(1, BATCH, HIDDEN), 1);
      assertThatThrownBy(() -> layer.run(run, x, State.of(part)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("LSTM 3→5: got an initial state of [[1, 2, 5]]")
          .hasMessageContaining("expected [[1, 2, 5], [1, 2, 5]]")
          .hasMessageContaining("Pass the last state of this layer");
      Tensor other = random(Shape.of(1, BATCH + 1, HIDDEN), 1);
      assertThatThrownBy(() -> layer.run(run, x, State.of(other, other)))
          .hasMessageContaining("got an initial state of [[1, 3, 5], [1, 3, 5]]");
    }
  }

  private RecurrentLayer layer(CellKind kind) {
    ParameterFactory weights =
        new ParameterFactory(backend, scope, DataType.FLOAT64, InitialWeights.PYTORCH, 1);
    RecurrentLayer layer =
        new RecurrentAssembly(backend, DataType.FLOAT64, weights, "rnn.", false)
            .layer(RecurrentLayerSpec.of(kind, HIDDEN), INPUTS, 0, 0);
    assertThat(layer.verdict()).isPresent();
    return layer;
  }

  private LayerContext run(Ops ops, int steps) {
    Tensor lengths = step.create(DataType.INT32, Shape.of(BATCH));
    backend.upload(new int[] {steps, steps}, 0, lengths);
    return new LayerContext(
        ops,
        Lengths.full(steps, BATCH),
        lengths,
        Mode.TRAINING,
        0,
        0,
        passes,
        CarriedStates.none());
  }

  /** Loss, and the gradients of all weights, of one batch cut into calls of so many steps. */
  private List<double[]> train(RecurrentLayer layer, int each) {
    step.reset();
    passes.begin();
    Gradients gradients = new Gradients(backend, step, layer.parameters());
    Tape tape = new Tape(backend, step, gradients);
    Tensor x = random(Shape.of(STEPS, BATCH, INPUTS), 2);
    Tensor weights = random(Shape.of(STEPS, BATCH, HIDDEN), 3);
    LayerContext run = run(tape, each);
    State state = null;
    Tensor loss = null;
    for (int from = 0; from < STEPS; from += each) {
      ScanOutput out = layer.run(run, tape.slice(x, 0, from, from + each), state);
      Tensor part = tape.slice(weights, 0, from, from + each);
      Tensor term = tape.sum(tape.multiply(out.values(), part));
      loss = loss == null ? term : tape.add(loss, term);
      state = out.last();
    }
    tape.backward(loss);
    List<double[]> results = new ArrayList<>();
    results.add(read(loss));
    for (Parameter parameter : layer.parameters()) {
      results.add(read(gradients.of(parameter)));
    }
    return results;
  }

  private Tensor random(Shape shape, int stream) {
    double[] values = new double[shape.size()];
    new Philox(7)
        .fillUniform(values, 0, values.length, RandomStream.CUSTOM.at(stream), 0, -1.0, 1.0);
    Tensor tensor = step.create(DataType.FLOAT64, shape);
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private double[] read(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
