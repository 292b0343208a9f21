package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
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
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
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
import org.recur4j.models.layer.PeepholeLstmCell;

/**
 * Every cell in every direction, merged in every way, from every initial state, with and without a
 * mask on h′: the gradients of all weights, inputs and states are what finite differences say, and
 * the plan's are those of the loop over steps. Past its length a row holds NaN.
 */
class RecurrentGradientTest {
  private static final int STEPS = 4;
  private static final int[] LENGTHS = {4, 2, 0, 1};
  private static final int INPUTS = 2;
  private static final int HIDDEN = 3;
  private static final double MOVE = 1e-5;
  private static final int ELEMENTS = 6;

  /** Where the state before the first step comes from. */
  private enum Begin {
    OWN,
    GIVEN,
    LEARNED
  }

  private record Case(LayerSpec.Recurrent spec, Begin begin) {}

  @TestFactory
  Stream<DynamicTest> gradients() {
    return cases().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getValue())));
  }

  private static Map<String, Case> cases() {
    Activation softsign = Activation.SOFTSIGN;
    Map<String, LayerSpec.Recurrent> cells = new LinkedHashMap<>();
    cells.put("vanilla", Networks.vanilla(HIDDEN));
    cells.put("LSTM", Networks.lstm(HIDDEN));
    cells.put("GRU", Networks.gru(HIDDEN));
    cells.put("GRU, reset before", Networks.gru(HIDDEN).reset(ResetVariant.BEFORE_PRODUCT));
    cells.put("peephole", Networks.peepholeLstm(HIDDEN));
    cells.put(
        "peephole, coupled and clipped",
        Networks.peepholeLstm(HIDDEN)
            .coupledGates()
            .clip(0.4)
            .activations(Activation.SIGMOID, Activation.TANH, softsign));
    Map<String, Case> all = new LinkedHashMap<>();
    cells.forEach(
        (name, spec) -> {
          for (Begin begin : Begin.values()) {
            for (Map.Entry<String, RecurrentOptions> around : around(begin).entrySet()) {
              all.put(
                  name + ", " + around.getKey() + ", " + begin,
                  new Case(spec.with(around.getValue()), begin));
            }
          }
        });
    return all;
  }

  private static Map<String, RecurrentOptions> around(Begin begin) {
    Map<String, RecurrentOptions> all = new LinkedHashMap<>();
    RecurrentOptions plain =
        RecurrentOptions.of(Direction.FORWARD).learnedInitialState(begin == Begin.LEARNED);
    all.put("forward", plain);
    all.put("reverse, masked", plain.direction(Direction.REVERSE).recurrentDropout(0.4));
    for (Merge merge : Merge.values()) {
      all.put(merge + " masked", plain.merge(merge).recurrentDropout(0.3));
    }
    all.put("CONCATENATE", plain.merge(Merge.CONCATENATE));
    return all;
  }

  private static void check(Case c) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Scope scope = backend.scope("test");
        Fixture stepped = new Fixture(backend, scope, c, true)) {
      List<Tensor> gradients = stepped.gradients();
      for (int i = 0; i < gradients.size(); i++) {
        stepped.compareWithDifferences(stepped.watched.get(i), gradients.get(i));
      }
      if (c.spec() instanceof RecurrentLayerSpec) {
        try (Fixture planned = new Fixture(backend, scope, c, false)) {
          assertThat(planned.layer.verdict()).isPresent();
          assertThat(planned.loss(new EagerOps(backend, scope)))
              .isCloseTo(stepped.loss(new EagerOps(backend, scope)), within(1e-12));
          List<Tensor> same = planned.gradients();
          for (int i = 0; i < same.size(); i++) {
            assertThat(read(backend, same.get(i)))
                .as(stepped.names.get(i))
                .containsExactly(read(backend, gradients.get(i)), within(1e-12));
          }
        }
      }
    }
  }

  private static double[] read(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  /** One layer with its inputs. */
  private static final class Fixture implements AutoCloseable {
    private final Backend backend;
    private final Scope scope;
    private final RecurrentLayer layer;
    private final Workspaces passes;
    private final Lengths lengths = Lengths.of(STEPS, LENGTHS);
    private final Tensor lengthTensor;
    private final Tensor x;
    private final State initial;
    private final List<Tensor> watched = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int drawn;

    Fixture(Backend backend, Scope scope, Case c, boolean stepwise) {
      this.backend = backend;
      this.scope = scope;
      ParameterFactory weights =
          new ParameterFactory(backend, scope, DataType.FLOAT64, InitialWeights.PYTORCH, 5);
      layer = layer(new RecurrentAssembly(backend, DataType.FLOAT64, weights, "rnn.", stepwise), c);
      passes = new Workspaces(scope.child("passes"));
      lengthTensor = scope.create(DataType.INT32, Shape.of(LENGTHS.length));
      backend.upload(LENGTHS, 0, lengthTensor);
      x = random(Shape.of(STEPS, LENGTHS.length, INPUTS));
      double[] padded = read(backend, x);
      for (int i = 0; i < padded.length; i++) {
        int row = i / INPUTS % LENGTHS.length;
        padded[i] = i / INPUTS / LENGTHS.length < LENGTHS[row] ? padded[i] : Double.NaN;
      }
      backend.upload(padded, 0, x);
      watch("x", x);
      int directions = c.spec().options().direction().count();
      int parts = c.spec() instanceof PeepholeLstmSpec || c.spec().equals(lstm(c)) ? 2 : 1;
      List<Tensor> states = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        states.add(random(Shape.of(directions, LENGTHS.length, HIDDEN)));
      }
      initial = c.begin() == Begin.GIVEN ? new State(states) : null;
      if (initial != null) {
        states.forEach(part -> watch("initial", part));
      }
      for (Parameter parameter : layer.parameters()) {
        if (c.begin() == Begin.LEARNED && parameter.name().contains("_0_l")) {
          backend.upload(values(parameter.value().size()), 0, parameter.value());
        }
        watch(parameter.name(), parameter.value());
      }
      layer.refresh();
    }

    private static LayerSpec.Recurrent lstm(Case c) {
      return Networks.lstm(HIDDEN).with(c.spec().options());
    }

    private static RecurrentLayer layer(RecurrentAssembly assembly, Case c) {
      return c.spec() instanceof PeepholeLstmSpec spec
          ? assembly.layer(
              "peephole LSTM",
              spec.options(),
              (source, inputs) -> new PeepholeLstmCell(source, spec, inputs),
              INPUTS,
              0,
              0)
          : assembly.layer((RecurrentLayerSpec) c.spec(), INPUTS, 0, 0);
    }

    private void watch(String name, Tensor tensor) {
      names.add(name);
      watched.add(tensor);
    }

    private Tensor random(Shape shape) {
      Tensor tensor = scope.create(DataType.FLOAT64, shape);
      backend.upload(values(shape.size()), 0, tensor);
      return tensor;
    }

    private double[] values(int size) {
      double[] values = new double[size];
      new Philox(7).fillUniform(values, 0, size, RandomStream.CUSTOM.at(drawn++), 0, -1.0, 1.0);
      return values;
    }

    /** All outputs, weighed differently, so that a mixed-up gradient shows. */
    Tensor forward(Ops ops) {
      passes.begin();
      LayerContext run =
          new LayerContext(
              ops, lengths, lengthTensor, Mode.TRAINING, 3, 1, passes, CarriedStates.none());
      ScanOutput out = layer.run(run, x, initial);
      List<Tensor> outputs = new ArrayList<>(out.last().parts());
      outputs.add(out.values());
      outputs.add(layer.lastState(ops, out.last()));
      Tensor sum = null;
      for (int i = 0; i < outputs.size(); i++) {
        Tensor weights = scope.create(DataType.FLOAT64, outputs.get(i).shape());
        double[] numbers = new double[weights.size()];
        new Philox(8)
            .fillUniform(numbers, 0, numbers.length, RandomStream.CUSTOM.at(i), 0, -1.0, 1.0);
        backend.upload(numbers, 0, weights);
        Tensor term = ops.sum(ops.multiply(ops.tanh(outputs.get(i)), weights));
        sum = sum == null ? term : ops.add(sum, term);
      }
      return sum;
    }

    double loss(Ops ops) {
      return read(backend, forward(ops))[0];
    }

    List<Tensor> gradients() {
      Gradients sums = new Gradients(backend, scope, layer.parameters());
      Tape tape = new Tape(backend, scope, sums);
      int inputs = watched.size() - layer.parameters().size();
      watched.subList(0, inputs).forEach(tape::watch);
      tape.backward(forward(tape));
      return watched.stream().map(tape::gradient).toList();
    }

    void compareWithDifferences(Tensor input, Tensor gradient) {
      double[] values = read(backend, input);
      double[] got = read(backend, gradient);
      String name = names.get(watched.indexOf(input));
      int stride = Math.max(1, values.length / ELEMENTS);
      for (int i = 0; i < values.length; i += stride) {
        if (Double.isNaN(values[i])) {
          assertThat(got[i]).as(name + " past a length").isZero();
          continue;
        }
        double want = (moved(input, values, i, MOVE) - moved(input, values, i, -MOVE)) / (2 * MOVE);
        assertThat(got[i]).as(name + " element " + i).isCloseTo(want, within(1e-8));
      }
    }

    private double moved(Tensor input, double[] values, int i, double by) {
      double[] changed = values.clone();
      changed[i] += by;
      backend.upload(changed, 0, input);
      double loss;
      try (Scope inner = backend.scope("moved")) {
        loss = loss(new EagerOps(backend, inner));
      }
      backend.upload(values, 0, input);
      return loss;
    }

    @Override
    public void close() {
      passes.close();
      layer.close();
    }
  }
}
