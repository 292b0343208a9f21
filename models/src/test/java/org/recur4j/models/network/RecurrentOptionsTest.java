package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.peepholeLstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.PeepholeLstmSpec;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.architecture.RecurrentOptions;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.layer.PeepholeLstmCell;
import org.recur4j.models.training.Trainer;

/** What surrounds recurrent cells: merges, dropout, initial states, initial weights. */
class RecurrentOptionsTest {
  private static final SequenceBatch BATCH =
      SequenceBatch.ofIndices(
          List.of(new int[] {1, 2, 3, 4}, new int[] {5}, new int[0], new int[] {0, 3}));

  private final List<Object> leaks = new ArrayList<>();
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  private static ManyToOneBuilder around(LayerSpec.Recurrent spec) {
    return Networks.manyToOne().embedding(6, 3).recurrent(spec).classes(2).seed(4);
  }

  private float[] forward(Network network, Mode mode, long seed, long step) {
    try (NetworkRun run = network.open(mode, seed);
        Scope scope = backend.scope("test")) {
      Tensor out = run.forward(new EagerOps(backend, scope), BATCH, step);
      float[] values = new float[out.size()];
      backend.download(out, values, 0);
      return values;
    }
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void bothDirectionsAreMergedInEveryOutput(Merge merge) {
    try (Network network = around(lstm(5).merge(merge)).build(backend)) {
      int features = merge == Merge.CONCATENATE ? 10 : 5;
      assertThat(network.summary()).contains("[B, " + features + "]");
      assertThat(parameter(network, "head.weight").shape().toArray()).containsExactly(2, features);
      if (merge != Merge.CONCATENATE) {
        assertThat(network.summary())
            .contains("bidirectional LSTM 3→5, " + merge.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  @Test
  void recurrentDropoutIsDrawnAnewEachStepAndTheSameForOneSeed() {
    for (RecurrentLayerSpec spec : List.of(vanilla(8), lstm(8), gru(8))) {
      try (Network network = around(spec.recurrentDropout(0.5)).build(backend);
          Network steps = around(spec.recurrentDropout(0.5)).stepwise().build(backend);
          Network without = around(spec).build(backend)) {
        float[] first = forward(network, Mode.TRAINING, 7, 1);
        assertThat(forward(network, Mode.TRAINING, 7, 1)).containsExactly(first);
        assertThat(forward(steps, Mode.TRAINING, 7, 1)).containsExactly(first, within(1e-6f));
        assertThat(forward(network, Mode.TRAINING, 7, 2)).isNotEqualTo(first);
        assertThat(forward(network, Mode.TRAINING, 8, 1)).isNotEqualTo(first);
        float[] plain = forward(without, Mode.TRAINING, 7, 1);
        assertThat(first).isNotEqualTo(plain);
        assertThat(forward(network, Mode.INFERENCE, 7, 1)).containsExactly(plain);
        assertThat(network.summary()).contains("recurrent dropout 0.5");
      }
    }
  }

  /** The mask is on h′: a row of one step, which begins with zeros, cannot notice it. */
  @Test
  void recurrentDropoutTouchesOnlyWhatTheRecurrentWeightsRead() {
    try (Network network = around(gru(8).recurrentDropout(0.5)).build(backend);
        Network without = around(gru(8)).build(backend)) {
      float[] masked = forward(network, Mode.TRAINING, 7, 1);
      float[] plain = forward(without, Mode.TRAINING, 7, 1);
      for (int row = 0; row < 4; row++) {
        float[] got = Arrays.copyOfRange(masked, 2 * row, 2 * row + 2);
        float[] other = Arrays.copyOfRange(plain, 2 * row, 2 * row + 2);
        if (BATCH.lengths().get(row) <= 1) {
          assertThat(got).containsExactly(other);
        } else {
          assertThat(got).isNotEqualTo(other);
        }
      }
    }
  }

  @Test
  void aTrainedInitialStateBeginsWithZerosLearnsAndIsKept(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    ManyToOneBuilder learning =
        Networks.manyToOne()
            .embedding(6, 3)
            .bidirectional(lstm(4).learnedInitialState())
            .classes(2)
            .seed(4);
    try (Network network = learning.build(backend);
        Network plain =
            Networks.manyToOne()
                .embedding(6, 3)
                .bidirectional(lstm(4))
                .classes(2)
                .seed(4)
                .build(backend)) {
      assertThat(network.parameters().stream().map(Parameter::name))
          .contains("rnn.h_0_l0", "rnn.c_0_l0");
      Tensor hidden = parameter(network, "rnn.h_0_l0");
      assertThat(hidden.shape().toArray()).containsExactly(2, 4);
      assertThat(read(hidden)).containsOnly(0f);
      assertThat(network.summary()).contains("learned initial state");
      assertThat(network.parameterCount()).isEqualTo(plain.parameterCount() + 16);
      // The empty sequence has nothing but the initial state to be told apart by.
      Trainer.of(network)
          .epochs(3)
          .batchSize(2)
          .train(
              List.of(Example.classified(new int[0], 1), Example.classified(new int[] {1, 2}, 0)));
      assertThat(read(hidden)).doesNotContain(0f);
      assertThat(read(parameter(network, "rnn.c_0_l0"))).doesNotContain(0f);
      network.save(file);
      float[][] answers = network.predict(BATCH);
      try (Network loaded = Network.load(file, backend)) {
        assertThat(loaded.predict(BATCH)).isDeepEqualTo(answers);
      }
    }
  }

  @Test
  void everyChoiceSurvivesAFileWithoutAFactory(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    PeepholeLstmSpec peephole =
        peepholeLstm(3)
            .coupledGates()
            .clip(2.5)
            .activations(Activation.SIGMOID, Activation.TANH, Activation.SOFTSIGN);
    ManyToManyBuilder builder =
        Networks.manyToMany()
            .embedding(6, 3)
            .variationalDropout(0.25)
            .bidirectional(gru(4).recurrentDropout(0.25).learnedInitialState(), Merge.MULTIPLY)
            .recurrent(
                vanilla(4)
                    .activation(Activation.RELU)
                    .initialization(RecurrentInitialization.identity(0.5)))
            .recurrent(lstm(3).initialization(RecurrentInitialization.pytorch()))
            .recurrent(peephole)
            .bidirectional(peepholeLstm(2), Merge.AVERAGE)
            .classes(2);
    try (Network network = builder.build(backend)) {
      network.save(file);
      try (Network loaded = Network.load(file, backend)) {
        assertThat(loaded.architecture()).isEqualTo(network.architecture());
        assertThat(loaded.predict(BATCH)).isDeepEqualTo(network.predict(BATCH));
        assertThat(loaded.summary())
            .isEqualTo(network.summary())
            .contains("variational dropout 0.25")
            .contains(
                "bidirectional GRU 3→4, multiply, recurrent dropout 0.25, learned initial state")
            .contains("VANILLA 4→4, identity × 0.5")
            .contains("LSTM 4→3, PyTorch initialization")
            .contains("bidirectional peephole LSTM 3→2, average");
      }
    }
  }

  @Test
  void aPeepholeCellOfTheUsersOwnIsTheDescribedOne(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    try (Network described = around(peepholeLstm(5)).build(backend);
        Network own =
            Networks.manyToOne()
                .embedding(6, 3)
                .cell(
                    "peephole", RecurrentOptions.of(Direction.FORWARD), PeepholeLstmCell.factory(5))
                .classes(2)
                .seed(4)
                .build(backend)) {
      float[][] answers = described.predict(BATCH);
      assertThat(own.predict(BATCH)).isDeepEqualTo(answers);
      assertThat(own.parameters().stream().map(Parameter::name))
          .contains("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.weight_ch_l0", "rnn.bias_l0");
      own.save(file);
      assertThatThrownBy(() -> Network.load(file, backend))
          .hasMessageContaining("no factory for the cell 'peephole'");
    }
  }

  /** Every gate's recurrent block: W Wᵀ = gain² I. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.9, 1.2})
  void orthogonalRecurrentWeightsScaleEveryStateAlike(double gain) {
    RecurrentLayerSpec spec = gru(6).initialization(RecurrentInitialization.orthogonal(gain));
    try (Network network = around(spec).initialWeights(InitialWeights.PYTORCH).build(backend)) {
      float[] w = read(parameter(network, "rnn.weight_hh_l0"));
      for (int row = 0; row < 18; row++) {
        int block = row / 6 * 6;
        for (int other = block; other < block + 6; other++) {
          double product = 0;
          for (int k = 0; k < 6; k++) {
            product += (double) w[6 * row + k] * w[6 * other + k];
          }
          assertThat(product).isCloseTo(row == other ? gain * gain : 0, within(1e-6));
        }
      }
      assertThat(read(parameter(network, "rnn.bias_ih_l0"))).containsOnly(0f);
    }
  }

  @Test
  void identityInitializationIsLeJaitlyAndHintons() {
    RecurrentLayerSpec spec =
        vanilla(20).activation(Activation.RELU).initialization(RecurrentInitialization.identity(1));
    try (Network network = around(spec).build(backend)) {
      float[] w = read(parameter(network, "rnn.weight_hh_l0"));
      for (int i = 0; i < w.length; i++) {
        assertThat(w[i]).isEqualTo(i / 20 == i % 20 ? 1f : 0f);
      }
      double squares = 0;
      float[] inputs = read(parameter(network, "rnn.weight_ih_l0"));
      for (float value : inputs) {
        squares += (double) value * value;
      }
      assertThat(Math.sqrt(squares / inputs.length)).isCloseTo(0.001, within(0.0003));
      assertThat(read(parameter(network, "rnn.bias_ih_l0"))).containsOnly(0f);
    }
  }

  @Test
  void aLayersOwnRuleOverridesTheNetworks() {
    try (Network pytorch =
            around(lstm(4).initialization(RecurrentInitialization.pytorch())).build(backend);
        Network standard =
            around(lstm(4).initialization(RecurrentInitialization.standard()))
                .initialWeights(InitialWeights.PYTORCH)
                .build(backend);
        Network all = around(lstm(4)).initialWeights(InitialWeights.PYTORCH).build(backend);
        Network usual = around(lstm(4)).build(backend)) {
      assertThat(read(parameter(pytorch, "rnn.bias_hh_l0"))).doesNotContain(0f);
      for (float weight : read(parameter(pytorch, "rnn.weight_hh_l0"))) {
        assertThat(weight).isBetween(-0.5f, 0.5f);
      }
      for (String name : List.of("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0")) {
        assertThat(read(parameter(pytorch, name))).containsExactly(read(parameter(all, name)));
        assertThat(read(parameter(standard, name))).containsExactly(read(parameter(usual, name)));
      }
    }
  }

  @Test
  void refuseWhatMakesNoSense() {
    RecurrentOptions plain = RecurrentOptions.of(Direction.FORWARD);
    assertThatThrownBy(
            () ->
                new RecurrentOptions(
                    Direction.FORWARD, Merge.SUM, 0, false, RecurrentInitialization.asNetwork()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("got merge SUM in direction FORWARD")
        .hasMessageContaining("Make the layer bidirectional");
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> plain.recurrentDropout(rate))
          .hasMessageContaining("got rate " + rate + "; expected a rate in [0, 1)");
    }
    assertThatThrownBy(() -> RecurrentInitialization.identity(0))
        .hasMessageContaining("got gain 0.0; expected a finite gain above 0");
    assertThatThrownBy(() -> new RecurrentInitialization(RecurrentInitialization.Rule.PYTORCH, 2))
        .hasMessageContaining("got gain 2.0; expected gain 1");
    assertThatThrownBy(() -> peepholeLstm(0)).hasMessageContaining("got hidden size 0");
    assertThatThrownBy(() -> peepholeLstm(2).clip(-1)).hasMessageContaining("clip -1.0");
    assertThat(lstm(3).merge(Merge.SUM).direction(Direction.FORWARD).options()).isEqualTo(plain);
  }

  private static Tensor parameter(Network network, String name) {
    return network.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private float[] read(Tensor tensor) {
    float[] values = new float[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
