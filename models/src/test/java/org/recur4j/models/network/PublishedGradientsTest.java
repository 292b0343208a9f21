package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.RecurrentAssembly;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.internal.recurrent.ScanOutput;

/** PyTorch's gradients of stacked layers, through the tape: inputs, weights, initial states. */
class PublishedGradientsTest {
  private static final String BUNDLED = "/org/recur4j/conformance/vectors/";

  @TestFactory
  Stream<DynamicTest> agreeWithPyTorch() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : resource("index.txt").lines().toList()) {
      if (line.startsWith("gradients/")) {
        PublishedCase c = PublishedCase.parse(resource(line));
        for (boolean stepwise : new boolean[] {false, true}) {
          String name = c.name() + (stepwise ? " step by step" : " planned");
          tests.add(DynamicTest.dynamicTest(name, () -> check(c, stepwise)));
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void check(PublishedCase c, boolean stepwise) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Scope scope = backend.scope("test");
        Stack stack = new Stack(backend, scope, c, stepwise)) {
      stack.check();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = ToyProvider.class.getResourceAsStream(BUNDLED + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The case's layers on top of each other. */
  private static final class Stack implements AutoCloseable {
    private final Backend backend;
    private final Scope scope;
    private final PublishedCase c;
    private final Workspaces passes;
    private final List<RecurrentLayer> layers = new ArrayList<>();
    private final List<State> initial = new ArrayList<>();

    Stack(Backend backend, Scope scope, PublishedCase c, boolean stepwise) {
      this.backend = backend;
      this.scope = scope;
      this.c = c;
      this.passes = new Workspaces(scope.child("passes"));
      ParameterFactory weights =
          new ParameterFactory(backend, scope, DataType.FLOAT64, InitialWeights.ZEROS, 0);
      RecurrentAssembly assembly =
          new RecurrentAssembly(backend, DataType.FLOAT64, weights, "", stepwise);
      for (int k = 0; k < c.layers(); k++) {
        PublishedCase layer = c.layer(k);
        RecurrentLayer built = assembly.layer(spec(layer), layer.values("W").shape()[2], k, k);
        for (Parameter parameter : built.parameters()) {
          upload(layer, parameter);
        }
        built.refresh();
        layers.add(built);
        Tensor hidden = tensor(layer.values("initial_h"));
        initial.add(
            layer.has("initial_c")
                ? State.of(hidden, tensor(layer.values("initial_c")))
                : State.of(hidden));
      }
    }

    private static RecurrentLayerSpec spec(PublishedCase c) {
      CellKind kind =
          switch (c.op()) {
            case "rnn" -> CellKind.VANILLA;
            case "gru" -> CellKind.GRU;
            default -> CellKind.LSTM;
          };
      boolean before = c.number("linear_before_reset", 0) == 0;
      return new RecurrentLayerSpec(
          kind,
          c.values("R").shape()[2],
          c.activations(0).get(kind == CellKind.VANILLA ? 0 : 1),
          c.activations(0).get(0),
          before ? ResetVariant.BEFORE_PRODUCT : ResetVariant.AFTER_PRODUCT,
          Biases.DOUBLE,
          RecurrentOptions.of(c.directions() == 2 ? Direction.BIDIRECTIONAL : Direction.FORWARD));
    }

    private void upload(PublishedCase layer, Parameter parameter) {
      backend.upload(values(layer, parameter), 0, parameter.value());
    }

    /** A parameter, or its gradient, under the case's names. */
    private static double[] values(PublishedCase layer, Parameter parameter) {
      String name = parameter.name().replaceAll("_l\\d+(_reverse)?$", "");
      int direction = parameter.name().endsWith("_reverse") ? 1 : 0;
      return layer.parameter(name, direction, parameter.value().size());
    }

    void check() {
      List<Parameter> parameters =
          layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
      Gradients sums = new Gradients(backend, scope, parameters);
      Tape tape = new Tape(backend, scope, sums);
      Tensor x = tensor(c.values("X"));
      tape.watch(x);
      initial.forEach(state -> state.parts().forEach(tape::watch));
      Tensor loss = loss(tape, x);
      assertThat(read(loss)[0])
          .isCloseTo(c.inner("expected").number("loss", Double.NaN), within(1e-10));
      tape.backward(loss);
      PublishedCase want = c.inner("expected_gradient");
      near("X", tape.gradient(x), want.values("X").data());
      for (int k = 0; k < layers.size(); k++) {
        PublishedCase layer = new PublishedCase(merged(want, k));
        near("initial_h", tape.gradient(initial.get(k).hidden()), layer.values("initial_h").data());
        if (initial.get(k).parts().size() > 1) {
          Tensor cell = initial.get(k).parts().get(1);
          near("initial_c", tape.gradient(cell), layer.values("initial_c").data());
        }
        for (Parameter parameter : layers.get(k).parameters()) {
          near(parameter.name(), sums.of(parameter), values(layer, parameter));
        }
      }
    }

    private JsonObject merged(PublishedCase gradients, int k) {
      JsonObject layer = gradients.layer(k).json();
      layer.addProperty("op", c.op());
      return layer;
    }

    private Tensor loss(Ops ops, Tensor x) {
      int[] shape = c.values("X").shape();
      Tensor lengths = scope.create(DataType.INT32, Shape.of(shape[1]));
      int[] rows = new int[shape[1]];
      Arrays.fill(rows, shape[0]);
      backend.upload(rows, 0, lengths);
      LayerContext run =
          new LayerContext(
              ops,
              Lengths.full(shape[0], shape[1]),
              lengths,
              Mode.TRAINING,
              0,
              0,
              passes,
              CarriedStates.none());
      PublishedCase given = c.inner("output_gradient");
      Tensor values = x;
      Tensor loss = null;
      for (int k = 0; k < layers.size(); k++) {
        ScanOutput out = layers.get(k).run(run, values, initial.get(k));
        values = out.values();
        PublishedCase layer = given.layer(k);
        for (int part = 0; part < out.last().parts().size(); part++) {
          Tensor weights = tensor(layer.values(part == 0 ? "Y_h" : "Y_c"));
          Tensor term = ops.sum(ops.multiply(out.last().parts().get(part), weights));
          loss = loss == null ? term : ops.add(loss, term);
        }
      }
      Tensor weights = tensor(PublishedCase.sequence(given.values("Y"), 0));
      return ops.add(loss, ops.sum(ops.multiply(values, weights)));
    }

    private void near(String what, Tensor got, double... want) {
      assertThat(read(got)).as(what).containsExactly(want, within(1e-10));
    }

    private Tensor tensor(PublishedCase.Values values) {
      Tensor tensor = scope.create(DataType.FLOAT64, Shape.of(values.shape()));
      backend.upload(values.data(), 0, tensor);
      return tensor;
    }

    private double[] read(Tensor tensor) {
      double[] values = new double[tensor.size()];
      backend.download(tensor, values, 0);
      return values;
    }

    @Override
    public void close() {
      passes.close();
      layers.forEach(RecurrentLayer::close);
    }
  }
}
