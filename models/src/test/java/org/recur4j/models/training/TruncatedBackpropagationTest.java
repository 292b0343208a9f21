package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.BatchReport;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;

class TruncatedBackpropagationTest {
  private static final int LONGEST = 11;
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

  /** The answer at each step is the index of so many steps before. */
  private static List<Example> echoes(int count, int delay) {
    Philox random = new Philox(4);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] sequence = new int[i == 0 ? LONGEST : random.bounded(LONGEST + 1, stream(), 0, i)];
      int[] labels = new int[sequence.length];
      for (int t = 0; t < sequence.length; t++) {
        sequence[t] = random.bounded(3, stream(), i + 1L, t);
        labels[t] = t < delay ? -1 : sequence[t - delay];
      }
      examples.add(Example.tagged(sequence, labels));
    }
    return examples;
  }

  private static long stream() {
    return RandomStream.CUSTOM.at(0);
  }

  private Network network() {
    return Networks.manyToMany()
        .embedding(3, 4)
        .recurrent(lstm(5))
        .dropout(0.2)
        .recurrent(gru(5))
        .classes(3)
        .seed(2)
        .build(backend);
  }

  private static Trainer<Example> trainer(Network network, int chunk) {
    return Trainer.of(network)
        .optimizer(Optimizer.adam(0.02))
        .epochs(3)
        .batchSize(4)
        .maximumNorm(1)
        .seed(6)
        .truncatedBackpropagation(chunk);
  }

  private static float[][] weights(Network network) {
    return network.parameters().stream()
        .map(
            parameter -> {
              float[] values = new float[parameter.value().size()];
              network.backend().download(parameter.value(), values, 0);
              return values;
            })
        .toArray(float[][]::new);
  }

  private record Trained(float[][] weights, TrainingResult result) {}

  private Trained train(int chunk, List<Example> examples) {
    try (Network network = network()) {
      TrainingResult result = trainer(network, chunk).train(examples);
      return new Trained(weights(network), result);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LONGEST, LONGEST + 1, 1000, Integer.MAX_VALUE})
  void aChunkAsLongAsTheLongestSequenceIsFullBackpropagationBitForBit(int chunk) {
    List<Example> examples = echoes(14, 1);
    Trained whole = train(0, examples);
    Trained chunked = train(chunk, examples);
    assertThat(chunked.weights()).isDeepEqualTo(whole.weights());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(chunked.result().epochs().get(epoch).loss())
          .isEqualTo(whole.result().epochs().get(epoch).loss());
    }
    assertThat(chunked.result().gradientHorizon()).isEqualTo(LONGEST);
    assertThat(whole.result().gradientHorizon()).isEqualTo(LONGEST);
  }

  @Test
  void shorterChunksMoveTheWeightsOftenerAndElsewhere() {
    List<Example> examples = echoes(14, 1);
    Trained whole = train(0, examples);
    Trained chunked = train(4, examples);
    assertThat(chunked.weights()[1]).isNotEqualTo(whole.weights()[1]);
    assertThat(chunked.result().gradientHorizon()).isEqualTo(4);
    assertThat(train(4, examples).weights()).isDeepEqualTo(chunked.weights());
  }

  @Test
  void seriesShorterThanTheChunkMoveTheWeights() {
    List<Example> examples = List.of(Example.tagged(new int[] {1}, 1), Example.tagged(new int[0]));
    try (Network network = network()) {
      float[][] before = weights(network);
      List<BatchReport> reports = new ArrayList<>();
      TrainingResult result =
          trainer(network, 50)
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onBatch(BatchReport report) {
                      reports.add(report);
                    }
                  })
              .train(examples);
      float[][] after = weights(network);
      assertThat(after[after.length - 1]).isNotEqualTo(before[before.length - 1]);
      assertThat(reports).hasSize(3).allMatch(BatchReport::applied);
      assertThat(result.gradientHorizon()).isEqualTo(1);
    }
  }

  /**
   * The copy of three steps before is across the border of chunks of three: the state brings it.
   */
  @Test
  void theStateIsCarriedAcrossChunks() {
    List<Example> examples = echoes(60, 2);
    try (Network network =
        Networks.manyToMany()
            .embedding(3, 6)
            .recurrent(gru(16))
            .classes(3)
            .seed(2)
            .build(backend)) {
      trainer(network, 3).epochs(25).batchSize(6).train(examples);
      assertThat(Trainer.evaluate(network, examples).accuracy()).isGreaterThan(0.95);
    }
  }

  /** A loss beyond the chunk moves nothing before it, so its gradient ends at the border. */
  @Test
  void chunksWithoutAnswersOnlyCarryTheState() {
    int[] labels = {-1, -1, -1, -1, 2};
    Example late = Example.tagged(new int[] {0, 1, 2, 0, 1}, labels);
    try (Network network = network()) {
      float[][] before = weights(network);
      trainer(network, 4).epochs(1).optimizer(Optimizer.sgd(0.1, 0)).train(List.of(late));
      float[][] after = weights(network);
      float[] then = before[0];
      float[] now = after[0];
      // Rows of the embedding: only index 1, the last chunk's, has been learned from.
      for (int i = 0; i < now.length; i++) {
        assertThat(now[i] != then[i]).as("element %d", i).isEqualTo(i / 4 == 1);
      }
    }
  }

  @Test
  void aBatchWithoutAnyAnswerMovesNothing() {
    Example silent = Example.tagged(new int[] {0, 1, 2}, -1, -1, -1);
    for (int chunk : new int[] {0, 2, 5}) {
      try (Network network = network()) {
        float[][] before = weights(network);
        try (TrainingLoop<Example> loop = trainer(network, chunk).begin()) {
          assertThat(loop.step(List.of(silent)).applied()).isFalse();
        }
        assertThat(weights(network)).isDeepEqualTo(before);
      }
    }
  }

  @Test
  void nonsenseIsRefusedWithAdvice() {
    List<Example> tagged = List.of(Example.tagged(new int[] {1, 2}, 1, 2));
    List<Example> classified = List.of(Example.classified(new int[] {1, 2}, 1));
    try (Network lastStep =
            Networks.manyToOne().embedding(3, 2).recurrent(gru(2)).classes(3).build(backend);
        Network bidirectional =
            Networks.manyToMany().embedding(3, 2).bidirectional(gru(2)).classes(3).build(backend);
        Network timeless = Networks.manyToMany().embedding(3, 2).classes(3).build(backend);
        Network right =
            Networks.manyToMany().embedding(3, 2).recurrent(vanilla(2)).classes(3).build(backend);
        Line line = new Line(backend)) {
      assertThatThrownBy(() -> trainer(lastStep, 5).train(classified))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got a MANY_TO_ONE network")
          .hasMessageContaining("only the last chunk would have a target otherwise");
      assertThatThrownBy(() -> trainer(bidirectional, 5).train(tagged))
          .hasMessageContaining("a layer that runs backward")
          .hasMessageContaining("use recurrent(…) in place of bidirectional(…)");
      assertThatThrownBy(() -> trainer(timeless, 5).train(tagged))
          .hasMessageContaining("a network without a recurrent layer");
      assertThatThrownBy(() -> trainer(right, -1).train(tagged))
          .hasMessageContaining("chunks of -1 steps");
      assertThatThrownBy(() -> trainer(right, 5).accumulate(2).train(tagged))
          .hasMessageContaining("chunks and 2 batches per step");
      assertThatThrownBy(
              () ->
                  Trainer.of(line).truncatedBackpropagation(3).train(List.of(new Line.Point(1, 1))))
          .hasMessageContaining("a model that does not support it");
    }
  }
}
