package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.SequenceBatch;

/** A layer run by its plan and the same layer run step by step are the same function. */
class PlanAndStepsTest {
  private static final SequenceBatch BATCH =
      SequenceBatch.ofIndices(
          List.of(new int[] {1, 2, 3, 4}, new int[] {5}, new int[0], new int[] {0, 3}));

  static List<RecurrentLayerSpec> layers() {
    List<RecurrentLayerSpec> specs = new ArrayList<>();
    for (CellKind cell : CellKind.values()) {
      for (Direction direction : Direction.values()) {
        specs.add(RecurrentLayerSpec.of(cell, 5).direction(direction));
      }
    }
    specs.add(Networks.gru(5).reset(ResetVariant.BEFORE_PRODUCT));
    return specs;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void agreeInAnswersAndGradientsOfTheLastState(RecurrentLayerSpec spec) {
    agree(Networks.manyToOne(), Networks.manyToOne(), spec);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void agreeInAnswersAndGradientsOfEveryStep(RecurrentLayerSpec spec) {
    agree(Networks.manyToMany(), Networks.manyToMany(), spec);
  }

  @ParameterizedTest
  @EnumSource(InitialWeights.class)
  void nameTheirWeightsAsPyTorchDoes(InitialWeights start) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToOne()
                .embedding(6, 3)
                .bidirectional(Networks.lstm(4))
                .classes(2)
                .initialWeights(start)
                .build(backend)) {
      assertThat(network.parameters().stream().map(Parameter::name))
          .containsExactly(
              "embedding.weight",
              "rnn.weight_ih_l0",
              "rnn.weight_hh_l0",
              "rnn.bias_ih_l0",
              "rnn.bias_hh_l0",
              "rnn.weight_ih_l0_reverse",
              "rnn.weight_hh_l0_reverse",
              "rnn.bias_ih_l0_reverse",
              "rnn.bias_hh_l0_reverse",
              "head.weight",
              "head.bias");
      float[] bias = new float[16];
      backend.download(network.parameters().get(3).value(), bias, 0);
      if (start == InitialWeights.PYTORCH) {
        assertThat(bias).doesNotContain(0f).doesNotHaveDuplicates();
      } else {
        float forget = start == InitialWeights.STANDARD ? 1 : 0;
        assertThat(bias)
            .containsExactly(0, 0, 0, 0, forget, forget, forget, forget, 0, 0, 0, 0, 0, 0, 0, 0);
      }
    }
  }

  private static void agree(
      SequenceBuilder<?> plan, SequenceBuilder<?> steps, RecurrentLayerSpec spec) {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults())) {
      List<double[]> planned = run(backend, describe(plan, spec));
      List<double[]> stepped = run(backend, describe(steps, spec).stepwise());
      assertThat(planned).hasSameSizeAs(stepped);
      for (int i = 0; i < planned.size(); i++) {
        assertThat(planned.get(i)).containsExactly(stepped.get(i), within(1e-12));
      }
    }
  }

  private static SequenceBuilder<?> describe(SequenceBuilder<?> builder, RecurrentLayerSpec spec) {
    return builder
        .embedding(6, 3)
        .recurrent(spec)
        .classes(2)
        .initialWeights(InitialWeights.PYTORCH)
        .seed(9)
        .dataType(DataType.FLOAT64);
  }

  /** The output, then the gradient of every parameter. */
  private static List<double[]> run(Backend backend, NetworkBuilder<?> builder) {
    List<double[]> results = new ArrayList<>();
    try (Network network = builder.build(backend);
        NetworkRun run = network.open(Mode.TRAINING, 0);
        Scope scope = backend.scope("test")) {
      Gradients gradients = new Gradients(backend, scope, network.parameters());
      Tape tape = new Tape(backend, scope, gradients);
      Tensor out = run.forward(tape, BATCH, 0);
      tape.backward(loss(tape, out));
      results.add(download(backend, out));
      for (Parameter parameter : network.parameters()) {
        results.add(download(backend, gradients.of(parameter)));
      }
    }
    return results;
  }

  private static Tensor loss(Ops ops, Tensor out) {
    return ops.sum(ops.multiply(out, ops.tanh(out)));
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
