package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.internal.layer.LayerNormalizationLayer;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.layer.LayerRuns;
import org.recur4j.models.session.Session;

/** Layer normalization: the formula, its gradient, padding, and the model file. */
class LayerNormalizationTest {
  private static final SequenceBatch RAGGED =
      SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {4}, new int[0]));

  @TempDir private Path folder;

  private static ManyToManyBuilder aligned() {
    return Networks.manyToMany()
        .embedding(5, 3)
        .layerNormalization()
        .recurrent(lstm(4))
        .layerNormalization();
  }

  @Test
  void gradientsAreWhatFiniteDifferencesSay() {
    assertThat(NumericGradients.check(aligned().values(2), RAGGED)).isGreaterThan(100);
    NetworkBuilder<?> folded =
        Networks.manyToOne().embedding(5, 3).recurrent(lstm(4)).layerNormalization().classes(2);
    assertThat(NumericGradients.check(folded, RAGGED)).isGreaterThan(100);
  }

  @Test
  void followsTheFormula() {
    float[] x = {1, 4, -2, 3};
    double mean = 1.5;
    double variance = (0.25 + 6.25 + 12.25 + 2.25) / 4;
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.oneToOne()
                .features(4)
                .layerNormalization()
                .values(4)
                .dataType(DataType.FLOAT64)
                .build(backend)) {
      double[] gain = {1, 2, 3, -1};
      double[] bias = {0, 0.5, -1, 2};
      double[] identity = new double[16];
      for (int i = 0; i < 16; i += 5) {
        identity[i] = 1;
      }
      assertThat(network.parameters().stream().map(Parameter::name))
          .containsExactly("norm0.weight", "norm0.bias", "head.weight", "head.bias");
      backend.upload(gain, 0, network.parameters().get(0).value());
      backend.upload(bias, 0, network.parameters().get(1).value());
      backend.upload(identity, 0, network.parameters().get(2).value());
      network.refresh();
      float[] got =
          network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(new float[][] {x})))[0];
      for (int i = 0; i < x.length; i++) {
        double want = gain[i] * (x[i] - mean) / Math.sqrt(variance + 1e-5) + bias[i];
        assertThat((double) got[i]).isCloseTo(want, within(1e-6));
      }
    }
  }

  @Test
  void paddingIsNotReadAndStaysZero() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Scope scope = backend.scope("test")) {
      Tape tape = new Tape(backend, scope);
      Tensor gain = tensor(backend, scope, Shape.of(2), 2, 3);
      Tensor bias = tensor(backend, scope, Shape.of(2), 5, -1);
      double nan = Double.NaN;
      Tensor x = tensor(backend, scope, Shape.of(2, 2, 2), 1, 2, 7, 3, 4, 0, nan, nan);
      tape.watch(gain);
      tape.watch(bias);
      tape.watch(x);
      LayerNormalizationLayer layer =
          new LayerNormalizationLayer(new Parameter("g", gain), new Parameter("b", bias), 1e-5);
      Tensor y =
          layer.forward(LayerRuns.of(tape, Lengths.of(2, 2, 1)), new LayerOutput(x, null)).values();
      double[] out = download(backend, y);
      assertThat(Arrays.copyOfRange(out, 6, 8)).containsExactly(0, 0);
      assertThat(out[0]).isCloseTo(5 - 2, within(1e-3));
      tape.backward(tape.sum(tape.multiply(y, y)));
      assertThat(Arrays.copyOfRange(download(backend, tape.gradient(x)), 6, 8))
          .containsExactly(0, 0);
      for (Tensor watched : List.of(gain, bias, x)) {
        assertThat(download(backend, tape.gradient(watched))).doesNotContain(nan);
      }
    }
  }

  private static Tensor tensor(Backend backend, Scope scope, Shape shape, double... values) {
    Tensor tensor = scope.create(DataType.FLOAT64, shape);
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  @Test
  void survivesItsFileAndShowsInTheSummary() {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = aligned().classes(2).build(backend)) {
      network.save(file);
      try (Network loaded = Network.load(file, backend)) {
        assertThat(loaded.architecture()).isEqualTo(network.architecture());
        assertThat(loaded.predict(RAGGED)).isDeepEqualTo(network.predict(RAGGED));
      }
      List<String> lines = network.summary().lines().toList();
      assertThat(lines.get(2)).contains("layer normalization", "[T, B, 3]", " 6");
      assertThat(lines.get(4)).contains("layer normalization", "[T, B, 4]", " 8");
    }
  }

  @Test
  void sessionsNormalizeAsPredictionsDo() {
    int[] sequence = {1, 2, 3, 2, 0};
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network =
            Networks.manyToMany()
                .embedding(5, 3, 2)
                .layerNormalization()
                .recurrent(lstm(4))
                .layerNormalization()
                .classes(2)
                .build(backend);
        Session session = network.session()) {
      float[] want = network.predict(SequenceBatch.ofIndices(List.of(sequence)))[0];
      float[] got = new float[2];
      for (int t = 0; t < sequence.length; t++) {
        session.step(sequence[t], got);
        assertThat(got)
            .as("step " + t)
            .containsExactly(Arrays.copyOfRange(want, 2 * t, 2 * t + 2), within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAnEpsilonThatDividesByNothing(double epsilon) {
    assertThatThrownBy(() -> new LayerSpec.Normalized(epsilon))
        .hasMessageContainingAll("epsilon " + epsilon, "above 0", "Use 1e-5");
  }

  @Test
  void freshWeightsLeaveTheNormalizedNumbersAsTheyAre() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults())) {
      for (InitialWeights start : List.of(InitialWeights.STANDARD, InitialWeights.PYTORCH)) {
        try (Network network = aligned().classes(2).initialWeights(start).build(backend)) {
          assertThat(download(backend, network.parameters().get(1).value())).containsOnly(1);
          assertThat(download(backend, network.parameters().get(2).value())).containsOnly(0);
        }
      }
    }
  }
}
