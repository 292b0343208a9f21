package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

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
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.LayerSpec;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.Topology;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.internal.layer.AttentionPoolingLayer;
import org.recur4j.models.internal.layer.Layer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.layer.LayerRuns;
import org.recur4j.models.internal.layer.PoolingLayer;
import org.recur4j.models.session.Session;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

/** Folding a sequence into one vector. */
class PoolingTest {
  private static final SequenceBatch RAGGED =
      SequenceBatch.ofIndices(
          List.of(new int[] {1, 2, 3, 4}, new int[] {5}, new int[0], new int[] {0, 3, 0}));

  @TempDir private Path folder;
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static PooledBuilder small(Pooling pooling) {
    return Networks.manyToOne()
        .embedding(6, 3)
        .bidirectional(gru(3))
        .pooling(pooling)
        .dense(4, Activation.TANH);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreWhatFiniteDifferencesSay(Pooling pooling) {
    assertThat(NumericGradients.check(small(pooling).classes(2), RAGGED)).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsHoldWithoutPaddingToo(Pooling pooling) {
    SequenceBatch full = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {5, 0, 4}));
    assertThat(NumericGradients.check(small(pooling).values(2), full)).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void aRowAnswersTheSameWhateverItsNeighborsLength(Pooling pooling) {
    try (Network network =
        small(pooling).values(3).dataType(DataType.FLOAT64).seed(3).build(backend)) {
      float[][] together = network.predict(RAGGED);
      int[][] rows = {{1, 2, 3, 4}, {5}, {}, {0, 3, 0}};
      for (int b = 0; b < rows.length; b++) {
        float[] alone = network.predict(SequenceBatch.ofIndices(List.of(rows[b])))[0];
        assertThat(together[b]).as("row " + b).containsExactly(alone, within(1e-6f));
      }
    }
  }

  /** An identity dense layer behind the fold shows what was folded. */
  private float[][] folded(Pooling pooling, SequenceBatch batch) {
    try (Network network =
        Networks.manyToOne().features(2).pooling(pooling).values(2).build(backend)) {
      backend.upload(
          new float[] {1, 0, 0, 1},
          0,
          network.parameters().get(network.parameters().size() - 2).value());
      network.refresh();
      return network.predict(batch);
    }
  }

  @Test
  void meanAndMaximumAreThoseOfTheRealSteps() {
    SequenceBatch batch =
        SequenceBatch.ofFeatures(
            List.of(
                new float[][] {{-1, -5}, {-3, -1}, {-8, -3}},
                new float[][] {{-2, 7}},
                new float[0][]));
    float[][] mean = folded(Pooling.MEAN, batch);
    assertThat(mean[0]).containsExactly(new float[] {-4, -3}, within(1e-6f));
    assertThat(mean[1]).containsExactly(-2, 7);
    assertThat(mean[2]).containsExactly(0, 0);
    float[][] max = folded(Pooling.MAX, batch);
    assertThat(max[0]).containsExactly(-1, -1);
    assertThat(max[1]).containsExactly(-2, 7);
    assertThat(max[2]).containsExactly(0, 0);
  }

  @Test
  void attentionIsAMeanWeighedBySoftmax() {
    float[][] steps = {{0.5f, -1}, {2, 0.25f}, {-1, 1}};
    SequenceBatch batch =
        SequenceBatch.ofFeatures(List.of(steps, new float[][] {{3, 4}}, new float[0][]));
    double[] w = {0.3, -0.7, 1.1, 0.4};
    double[] b = {0.1, -0.2};
    double[] v = {1.5, -0.6};
    try (Network network =
        Networks.manyToOne()
            .features(2)
            .pooling(Pooling.ATTENTION)
            .values(2)
            .dataType(DataType.FLOAT64)
            .build(backend)) {
      assertThat(network.parameters().stream().map(p -> p.name()))
          .containsExactly(
              "pooling.weight", "pooling.bias", "pooling.vector", "head.weight", "head.bias");
      double[][] weights = {w, b, v, {1, 0, 0, 1}, {0, 0}};
      for (int i = 0; i < weights.length; i++) {
        backend.upload(weights[i], 0, network.parameters().get(i).value());
      }
      network.refresh();
      float[][] got = network.predict(batch);
      double[] want = new double[2];
      double total = 0;
      for (float[] h : steps) {
        double score = 0;
        for (int a = 0; a < 2; a++) {
          score += v[a] * Math.tanh(w[2 * a] * h[0] + w[2 * a + 1] * h[1] + b[a]);
        }
        total += Math.exp(score);
        want[0] += Math.exp(score) * h[0];
        want[1] += Math.exp(score) * h[1];
      }
      assertThat(got[0])
          .containsExactly(
              new float[] {(float) (want[0] / total), (float) (want[1] / total)}, within(1e-6f));
      assertThat(got[1]).containsExactly(3, 4);
      assertThat(got[2]).containsExactly(0, 0);
    }
  }

  @Test
  void equalMaximaShareTheGradient() {
    // ReLU-like plateaus are common; the sum over equals must be one gradient, not many.
    SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 1, 1}, new int[] {2, 1}));
    NetworkBuilder<?> twice =
        Networks.manyToOne().embedding(3, 2).pooling(Pooling.MAX).values(2).seed(1);
    assertThat(NumericGradients.check(twice, batch)).isEqualTo(6 + 4 + 2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LAST")
  void paddingIsNotReadAndHasNoGradient(Pooling pooling) {
    try (Scope scope = backend.scope("test")) {
      Tape tape = new Tape(backend, scope);
      double nan = Double.NaN;
      double[] values = {1, 2, -7, -3, nan, nan, 4, 0, nan, nan, nan, nan};
      Tensor x = tensor(scope, Shape.of(2, 3, 2), values);
      tape.watch(x);
      Layer layer =
          pooling == Pooling.ATTENTION ? attention(tape, scope) : new PoolingLayer(pooling, 2);
      LayerContext run = LayerRuns.of(tape, Lengths.of(2, 2, 1, 0));
      Tensor y = layer.forward(run, new LayerOutput(x, null)).values();
      double[] got = download(y);
      assertThat(Arrays.copyOfRange(got, 2, 6)).containsExactly(-7, -3, 0, 0);
      tape.backward(tape.sum(tape.multiply(y, y)));
      double[] dx = download(tape.gradient(x));
      assertThat(dx[6]).isNotZero();
      assertThat(dx[2]).isCloseTo(-14, within(1e-12));
      assertThat(Arrays.stream(dx, 4, 6)).allMatch(value -> value == 0);
      assertThat(Arrays.stream(dx, 8, 12)).allMatch(value -> value == 0);
      for (Parameter parameter : layer.parameters()) {
        assertThat(download(tape.gradient(parameter.value()))).doesNotContain(nan);
      }
    }
  }

  private Layer attention(Tape tape, Scope scope) {
    Tensor[] weights = {
      tensor(scope, Shape.of(2, 2), 0.3, -0.7, 1.1, 0.4),
      tensor(scope, Shape.of(2), 0.1, -0.2),
      tensor(scope, Shape.of(1, 2), 1.5, -0.6)
    };
    for (Tensor weight : weights) {
      tape.watch(weight);
    }
    return new AttentionPoolingLayer(
        new Parameter("w", weights[0]),
        new Parameter("b", weights[1]),
        new Parameter("v", weights[2]));
  }

  private Tensor tensor(Scope scope, Shape shape, double... values) {
    Tensor tensor = scope.create(DataType.FLOAT64, shape);
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  /** What the head reads: h_n for LAST, output[:, -1] of rows without padding for LAST_STEP. */
  @Test
  void theLastStepHasTheReverseStateAfterThatStepAlone() {
    int[][] rows = {{1, 2, 3, 4}, {5}, {}, {0, 3, 0}};
    try (Network states = bidirectional(Pooling.LAST);
        Network steps = bidirectional(Pooling.LAST_STEP)) {
      double[] last = states.inputsOf(2, RAGGED);
      double[] step = steps.inputsOf(3, RAGGED);
      for (int b = 0; b < rows.length; b++) {
        assertThat(Arrays.copyOfRange(step, 6 * b, 6 * b + 3))
            .as("forward, row " + b)
            .containsExactly(Arrays.copyOfRange(last, 6 * b, 6 * b + 3), within(1e-12));
        int[] end = Arrays.copyOfRange(rows[b], Math.max(0, rows[b].length - 1), rows[b].length);
        double[] alone = states.inputsOf(2, SequenceBatch.ofIndices(List.of(end)));
        assertThat(Arrays.copyOfRange(step, 6 * b + 3, 6 * b + 6))
            .as("reverse, row " + b)
            .containsExactly(Arrays.copyOfRange(alone, 3, 6), within(1e-12));
      }
      assertThat(step[3]).isNotCloseTo(last[3], within(1e-3));
    }
  }

  @Test
  void aSessionOfAForwardNetworkStepsToItsLastStep() {
    float[][] answers = new float[2][2];
    for (int i = 0; i < 2; i++) {
      try (Network network =
              Networks.manyToOne()
                  .embedding(6, 3)
                  .recurrent(lstm(2))
                  .pooling(i == 0 ? Pooling.LAST : Pooling.LAST_STEP)
                  .classes(2)
                  .seed(4)
                  .build(backend);
          Session session = network.session()) {
        for (int index : new int[] {3, 1, 5}) {
          session.step(index, answers[i]);
        }
        assertThat(network.predict(List.of(Example.unlabeled(3, 1, 5))).values(0))
            .containsExactly(answers[i], within(1e-6f));
      }
    }
    assertThat(answers[1]).isEqualTo(answers[0]);
    try (Network network = bidirectional(Pooling.LAST_STEP)) {
      assertThatThrownBy(network::session).hasMessageContaining("reads backwards");
    }
  }

  private Network bidirectional(Pooling pooling) {
    return Networks.manyToOne()
        .embedding(6, 3)
        .bidirectional(gru(3))
        .pooling(pooling)
        .classes(2)
        .dataType(DataType.FLOAT64)
        .seed(3)
        .build(backend);
  }

  @Test
  void lastIsTheDefault() {
    assertThat(
            Networks.manyToOne()
                .embedding(3, 2)
                .recurrent(lstm(3))
                .pooling(Pooling.LAST)
                .classes(2)
                .architecture())
        .isEqualTo(
            Networks.manyToOne().embedding(3, 2).recurrent(lstm(3)).classes(2).architecture());
  }

  @ParameterizedTest
  @EnumSource
  void survivesItsFileAndShowsInTheSummary(Pooling pooling) {
    Path file = folder.resolve("model.safetensors");
    try (Network network = small(pooling).classes(2).seed(4).build(backend)) {
      network.save(file);
      try (Network loaded = Network.load(file, backend)) {
        assertThat(loaded.architecture()).isEqualTo(network.architecture());
        assertThat(loaded.predict(RAGGED)).isDeepEqualTo(network.predict(RAGGED));
        assertThat(loaded.summary()).isEqualTo(network.summary());
      }
      List<String> lines = network.summary().lines().toList();
      switch (pooling) {
        case LAST -> assertThat(lines.get(2)).contains("[B, 6]");
        case LAST_STEP -> assertThat(lines.get(3)).contains("last step", "[B, 6]", "0");
        case MEAN -> assertThat(lines.get(3)).contains("mean over time", "[B, 6]", "0");
        case MAX -> assertThat(lines.get(3)).contains("max over time", "[B, 6]", "0");
        case ATTENTION ->
            assertThat(lines.get(3)).contains("attention over time, 6 units", "[B, 6]", "48");
      }
      if (pooling != Pooling.LAST) {
        assertThat(lines.get(2)).contains("[T, B, 6]");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void learnsWhetherAnIndexOccursAnywhere(Pooling pooling) {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < 125; n++) {
      int[] digits = Arrays.copyOf(new int[] {n / 5 % 5, n / 25, n % 5}, 1 + n % 3);
      boolean hit = Arrays.stream(digits).anyMatch(digit -> digit == 3);
      examples.add(Example.classified(digits, hit ? 1 : 0));
    }
    try (Network network = small(pooling).classes(2).seed(1).build(backend)) {
      Trainer.of(network).optimizer(Optimizer.adam(0.02)).epochs(15).batchSize(25).train(examples);
      assertThat(Trainer.evaluate(network, examples).accuracy()).isGreaterThan(0.95);
    }
  }

  @Test
  void refusesPoolingWhereNothingIsFoldedAndTimeBehindIt() {
    LayerSpec head = new LayerSpec.Dense(2, Activation.IDENTITY);
    LayerSpec mean = new LayerSpec.Pooled(Pooling.MEAN);
    for (Topology topology :
        List.of(Topology.MANY_TO_MANY, Topology.ONE_TO_MANY, Topology.ONE_TO_ONE)) {
      assertThatThrownBy(() -> architecture(topology, mean, head))
          .hasMessageContainingAll(
              "pooling over time in a " + topology + " network", "Use manyToOne");
    }
    assertThatThrownBy(() -> architecture(Topology.MANY_TO_ONE, gru(3), mean, gru(3), head))
        .hasMessageContainingAll("after the pooling", "Put recurrent layers before the pooling");
    assertThatThrownBy(() -> architecture(Topology.MANY_TO_ONE, mean, mean, head))
        .hasMessageContaining("after the pooling");
    assertThatThrownBy(() -> new LayerSpec.Pooled(Pooling.LAST))
        .hasMessageContaining("Remove the layer");
  }

  private static Architecture architecture(Topology topology, LayerSpec... layers) {
    return new Architecture(topology, 2, DataType.FLOAT32, List.of(layers), OutputKind.CLASSES);
  }
}
