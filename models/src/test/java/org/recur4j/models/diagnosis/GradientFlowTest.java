package org.recur4j.models.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.Example;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.layer.LayerNormalizedCell;
import org.recur4j.models.network.ManyToOneBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;

class GradientFlowTest {
  private static final int STEPS = 30;
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

  private static List<Example> examples(int... lengths) {
    Philox random = new Philox(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      float[][] steps = new float[lengths[i]][2];
      for (int t = 0; t < lengths[i]; t++) {
        steps[t][0] = random.uniform(RandomStream.CUSTOM.at(0), i, 2L * t) - 0.5f;
        steps[t][1] = random.uniform(RandomStream.CUSTOM.at(0), i, 2L * t + 1) - 0.5f;
      }
      examples.add(Example.valued(steps, new float[] {i - 1}));
    }
    return examples;
  }

  private ManyToOneBuilder network(RecurrentLayerSpec... layers) {
    ManyToOneBuilder builder = Networks.manyToOne().features(2);
    for (RecurrentLayerSpec layer : layers) {
      builder.recurrent(layer);
    }
    return builder.values(1).seed(3);
  }

  private static RecurrentLayerSpec linear(double gain) {
    return vanilla(4)
        .activation(Activation.IDENTITY)
        .initialization(RecurrentInitialization.orthogonal(gain));
  }

  private FlowSnapshot look(ManyToOneBuilder builder, List<Example> probe) {
    try (Network network = builder.build(backend);
        GradientFlow flow = GradientFlow.of(network, probe)) {
      return flow.measure();
    }
  }

  /** Orthogonal weights and no activation: every step scales by the gain, to the last digit. */
  @ParameterizedTest
  @CsvSource({
    "0.5, VANISHING, 2, 7",
    "1, HEALTHY, -1, -1",
    "1.5, EXPLODING, -1, -1",
    "0.99, HEALTHY, -1, -1"
  })
  void aLinearNetworkScalesByItsGain(
      double gain, Diagnosis.Kind kind, int horizonE, int horizonPercent) {
    FlowSnapshot snapshot = look(network(linear(gain)), examples(STEPS, STEPS, STEPS));
    LayerFlow flow = snapshot.worst();
    assertThat(flow.gradientNorms()).hasSize(STEPS);
    for (int back = 0; back < STEPS; back++) {
      assertThat(flow.gradientNorms()[back] / flow.gradientNorms()[0])
          .isCloseTo(Math.pow(gain, back), within(1e-4 * Math.pow(gain, back)));
    }
    assertThat(flow.decay().perStep()).isCloseTo(gain, within(1e-5));
    assertThat(flow.decay().overall())
        .isCloseTo(Math.pow(gain, STEPS - 1), within(1e-3 * Math.pow(gain, STEPS - 1)));
    assertThat(flow.decay().horizonE()).isEqualTo(horizonE);
    assertThat(flow.decay().horizonPercent()).isEqualTo(horizonPercent);
    assertThat(flow.jacobian().orElseThrow().mean()).isCloseTo(gain, within(1e-5));
    assertThat(flow.jacobian().orElseThrow().largest()).isCloseTo(gain, within(1e-5));
    assertThat(flow.diagnosis().kind()).isEqualTo(kind);
    assertThat(flow.spectralRadii()).as("the toy backend decomposes nothing").isEmpty();
    assertThat(snapshot.loss()).isPositive();
    assertThat(snapshot.gradientNorm()).isPositive();
  }

  @Test
  void theReasonIsInNumbersAndTheRemediesApply() {
    Diagnosis vanishing = look(network(linear(0.5)), examples(STEPS)).worst().diagnosis();
    assertThat(vanishing.reason())
        .isEqualTo(
            "× 0.500 per step, × 1.9e-09 over 30 steps; below 1 % of the last step's after 7 steps");
    assertThat(vanishing.remedies())
        .containsExactly(
            Remedy.ORTHOGONAL, Remedy.IDENTITY, Remedy.GATED_CELL, Remedy.LAYER_NORMALIZATION);
    Diagnosis exploding = look(network(linear(1.5)), examples(STEPS)).worst().diagnosis();
    assertThat(exploding.reason()).startsWith("× 1.500 per step, × 1.3e+05 over 30 steps; never");
    assertThat(exploding.remedies()).startsWith(Remedy.CLIPPING, Remedy.TRUNCATED_BACKPROPAGATION);
    assertThat(look(network(linear(1)), examples(STEPS)).worst().diagnosis().remedies()).isEmpty();
  }

  /** The tape and the plans know the same gradients, for every cell, direction and length. */
  @Test
  void stepByStepSeesTheSameGradients() {
    RecurrentLayerSpec[] layers = {
      lstm(3).direction(Direction.BIDIRECTIONAL), gru(4), vanilla(3).direction(Direction.REVERSE)
    };
    List<Example> probe = examples(6, 1, 4);
    FlowSnapshot planned = look(network(layers), probe);
    FlowSnapshot stepwise = look(network(layers).stepwise(), probe);
    assertThat(planned.layers()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      LayerFlow one = planned.layers().get(i);
      LayerFlow other = stepwise.layers().get(i);
      assertThat(other.reverse()).isEqualTo(one.reverse());
      assertThat(other.gradientNorms()).containsExactly(one.gradientNorms(), within(1e-6));
      assertThat(Arrays.stream(one.gradientNorms()).max().orElseThrow()).isPositive();
      assertThat(one.jacobian()).isPresent();
      assertThat(other.jacobian()).isEmpty();
      assertThat(other.saturation()).isEmpty();
    }
  }

  @Test
  void aNormalizedCellShowsItsGradients() {
    try (Network network =
            Networks.manyToOne()
                .features(2)
                .cell("layer-normalized", LayerNormalizedCell.factory(5))
                .values(1)
                .seed(2)
                .build(backend);
        GradientFlow flow = GradientFlow.of(network, examples(8, 8))) {
      assertThat(flow.measure().worst().gradientNorms()).hasSize(8).doesNotContain(0);
    }
  }

  /** The loss is a mean over rows: the same row twice sends half as much back to each. */
  @Test
  void normsAreMeansOverRows() {
    Example one = examples(4).get(0);
    double[] alone = look(network(gru(3)), List.of(one)).worst().gradientNorms();
    double[] twice = look(network(gru(3)), List.of(one, one)).worst().gradientNorms();
    for (int back = 0; back < 4; back++) {
      assertThat(twice[back]).isCloseTo(alone[back] / 2, within(1e-6 * alone[back]));
    }
  }

  @Test
  void countsGatesThatAreStuck() {
    try (Network network = network(lstm(3)).initialWeights(InitialWeights.ZEROS).build(backend);
        GradientFlow flow = GradientFlow.of(network, examples(5, 2))) {
      assertThat(flow.measure().worst().saturation())
          .extracting(GateSaturation::gate, GateSaturation::share)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("i", 0.0),
              org.assertj.core.groups.Tuple.tuple("f", 0.0),
              org.assertj.core.groups.Tuple.tuple("g", 0.0),
              org.assertj.core.groups.Tuple.tuple("o", 0.0));
      // Two of three forget gates open, one output gate shut.
      float[] bias = new float[12];
      bias[3] = 9;
      bias[4] = 9;
      bias[9] = -9;
      Parameter parameter =
          network.parameters().stream()
              .filter(p -> p.name().equals("rnn.bias_ih_l0"))
              .findFirst()
              .orElseThrow();
      backend.upload(bias, 0, parameter.value());
      network.refresh();
      List<GateSaturation> stuck = flow.measure().worst().saturation();
      assertThat(stuck.get(1).high()).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(stuck.get(1).low()).isZero();
      assertThat(stuck.get(3).low()).isCloseTo(1 / 3.0, within(1e-12));
    }
  }

  @Test
  void aTruncatedGradientEndsWhereItsChunkBegins() {
    List<Example> probe =
        examples(10, 10).stream()
            .map(
                e -> {
                  float[][] values = new float[10][];
                  Arrays.setAll(values, t -> new float[] {t});
                  return Example.valued(e.features(), values);
                })
            .toList();
    try (Network network =
            Networks.manyToMany()
                .features(2)
                .recurrent(linear(1))
                .values(1)
                .seed(3)
                .build(backend);
        GradientFlow flow = GradientFlow.of(network, probe).truncated(4)) {
      LayerFlow seen = flow.measure().worst();
      // Chunks of 4, 4 and 2 steps; only the last one has an answer that counts.
      assertThat(seen.decay().span()).isEqualTo(2);
      assertThat(seen.gradientNorms()).hasSize(10);
      assertThat(Arrays.copyOf(seen.gradientNorms(), 2)).doesNotContain(0);
      assertThat(Arrays.copyOfRange(seen.gradientNorms(), 2, 10)).containsOnly(0);
      assertThat(seen.diagnosis().reason())
          .endsWith("; truncated there, so that 8 steps receive no gradient");
    }
  }

  @Test
  void onlyTheLastAnswerCounts() {
    List<Example> probe = List.of(Example.tagged(new int[] {0, 1, 0, 1}, 1, 0, 1, -1));
    try (Network network =
            Networks.manyToMany().embedding(2, 3).recurrent(gru(3)).classes(2).build(backend);
        GradientFlow flow = GradientFlow.of(network, probe)) {
      double[] norms = flow.measure().worst().gradientNorms();
      assertThat(norms[0]).as("behind the last answer").isZero();
      assertThat(norms[1]).isPositive();
    }
  }

  @Test
  void looksEverySoOftenAndMovesNothing() {
    List<Example> examples = examples(4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
    double[][] weights = new double[2][];
    for (int run = 0; run < 2; run++) {
      try (Network network = network(lstm(3)).build(backend);
          GradientFlow flow = GradientFlow.of(network, examples.subList(0, 2)).every(2)) {
        Trainer<Example> trainer = Trainer.of(network).epochs(1).batchSize(2).seed(1);
        if (run == 1) {
          trainer.listener(flow);
        }
        trainer.train(examples);
        if (run == 1) {
          assertThat(flow.snapshots()).extracting(FlowSnapshot::step).containsExactly(2L, 4L);
          assertThat(flow.latest()).isSameAs(flow.snapshots().get(1));
        } else {
          assertThat(flow.snapshots()).isEmpty();
        }
        Parameter first = network.parameters().get(0);
        weights[run] = new double[first.value().size()];
        backend.download(first.value(), weights[run], 0);
      }
    }
    assertThat(weights[1]).isEqualTo(weights[0]);
  }

  @Test
  void refusesWhatCannotBeWatched() {
    try (Network flat = Networks.oneToOne().features(2).values(1).build(backend);
        Network recurrent = network(gru(2)).build(backend)) {
      assertThatThrownBy(() -> GradientFlow.of(flat, examples(1)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContainingAll("gradient flow", "1 examples, no recurrent layer");
      assertThatThrownBy(() -> GradientFlow.of(recurrent, List.of()))
          .hasMessageContainingAll("0 examples", "Probe a recurrent network");
      try (GradientFlow flow = GradientFlow.of(recurrent, examples(3))) {
        assertThatThrownBy(() -> flow.every(0)).hasMessageContaining("every 0");
        assertThatThrownBy(flow::latest).hasMessageContaining("Call measure() first");
      }
    }
  }
}
