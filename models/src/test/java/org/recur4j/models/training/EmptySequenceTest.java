package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.MaskedOutput;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.seq2seq.Attention;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.model.TrainableNetwork;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingResult;

/** A sequence without a step means the same in every batch, alone as well. */
class EmptySequenceTest {
  private static final float[][] EMPTY = {};
  private static final float[][] FULL = {{1, -2}, {0.5f, 3}, {2, 2}};

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Network network(RecurrentLayerSpec layer, Pooling pooling) {
    return Networks.manyToOne()
        .features(2)
        .recurrent(layer)
        .pooling(pooling)
        .classes(2)
        .seed(1)
        .build(backend);
  }

  private static Stream<Pooling> poolings() {
    return Stream.of(Pooling.values());
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void hasTheSameAnswerAloneAndBesideOthers(Pooling pooling) {
    for (RecurrentLayerSpec layer : List.of(vanilla(3), lstm(3), gru(3))) {
      try (Network network = network(layer, pooling)) {
        float[][] beside = network.predict(SequenceBatch.ofFeatures(List.of(FULL, EMPTY, FULL)));
        float[][] alone = network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(EMPTY)));
        float[][] together = network.predict(SequenceBatch.ofFeatures(List.of(EMPTY, EMPTY)));
        float[][] masked =
            network.predict(
                SequenceBatch.ofFeatures(
                    List.<float[][]>of(new float[][] {{Float.NaN}, null}),
                    List.of(new boolean[2]),
                    MaskedOutput.ZERO));
        assertThat(alone[0]).isEqualTo(beside[1]).doesNotContain(Float.NaN);
        assertThat(together).isDeepEqualTo(new float[][] {alone[0], alone[0]});
        assertThat(masked[0]).isEqualTo(alone[0]);
      }
    }
  }

  private static List<Example> examples(int count, int empty) {
    Random random = new Random(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[][] steps = new float[1 + random.nextInt(4)][2];
      for (float[] step : steps) {
        step[0] = random.nextFloat();
        step[1] = random.nextFloat();
      }
      examples.add(Example.classified(i == empty ? EMPTY : steps, i % 2));
    }
    return examples;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void trainsWhereverTheShufflePutsIt(int batchSize) {
    for (int seed = 0; seed < 4; seed++) {
      try (Network network = network(lstm(3), Pooling.LAST)) {
        TrainingResult result =
            Trainer.of(network)
                .batchSize(batchSize)
                .bucketing(1 + seed % 2)
                .epochs(12)
                .seed(seed)
                .validation(examples(9, 8))
                .train(examples(12, 4));
        assertThat(result.epochs()).hasSize(12).allMatch(epoch -> Double.isFinite(epoch.loss()));
      }
    }
  }

  @Test
  void evaluationDoesNotDependOnWhereItStands() {
    try (Network network = network(gru(3), Pooling.MEAN)) {
      TrainableNetwork trained = new TrainableNetwork(network);
      for (int empty = 0; empty < 5; empty++) {
        List<Example> examples = examples(5, empty);
        double whole = Trainer.of(trained).evaluationBatchSize(5).evaluate(examples).loss();
        for (int batch = 1; batch < 5; batch++) {
          assertThat(Trainer.of(trained).evaluationBatchSize(batch).evaluate(examples).loss())
              .isCloseTo(whole, within(1e-6));
        }
      }
    }
  }

  @Test
  void aBatchOfNothingElseLearnsTheBias() {
    try (Network network = network(gru(3), Pooling.LAST)) {
      Trainer.of(network)
          .optimizer(Optimizer.adam(0.1))
          .epochs(40)
          .train(List.of(Example.classified(EMPTY, 1), Example.classified(EMPTY, 1)));
      assertThat(network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(EMPTY)))[0][1])
          .isGreaterThan(0.9f);
    }
  }

  @Test
  void manyToManyGivesNoAnswersAndTruncationPassesOver() {
    try (Network network =
        Networks.manyToMany().features(2).recurrent(lstm(3)).classes(2).seed(1).build(backend)) {
      assertThat(network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(EMPTY)))[0]).isEmpty();
      TrainingResult result =
          Trainer.of(network)
              .batchSize(1)
              .truncatedBackpropagation(2)
              .epochs(3)
              .train(List.of(Example.tagged(EMPTY), Example.tagged(FULL, 0, 1, 1)));
      assertThat(result.epochs()).hasSize(3).allMatch(epoch -> Double.isFinite(epoch.loss()));
    }
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void anEncoderDecoderReadsItAlone(Attention attention) {
    try (EncoderDecoder model =
        EncoderDecoder.builder(4, 3)
            .embedding(3)
            .encoder(lstm(4))
            .decoder(lstm(4))
            .attention(attention)
            .seed(5)
            .build(backend)) {
      int[] empty = {};
      List<SequencePair> pairs =
          List.of(new SequencePair(empty, empty), new SequencePair(empty, new int[] {1}));
      assertThat(Trainer.of(model).epochs(2).batchSize(1).train(pairs).epochs())
          .allMatch(epoch -> Double.isFinite(epoch.loss()));
      assertThat(model.translate(List.of(empty), DecodingStrategy.greedy(3)).get(0).get(0).tokens())
          .isEqualTo(
              model
                  .translate(List.of(empty, new int[] {3, 2, 1}), DecodingStrategy.greedy(3))
                  .get(0)
                  .get(0)
                  .tokens());
    }
  }

  @Test
  void theKindOfInputIsStillCompared() {
    try (Network network = network(gru(3), Pooling.LAST)) {
      assertThatThrownBy(() -> network.predict(SequenceBatch.ofIndices(List.of(new int[0]))))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got sequences of indices; expected vectors of 2 features");
    }
    try (Network network =
        Networks.manyToOne().embedding(4, 2).recurrent(gru(3)).classes(2).seed(1).build(backend)) {
      assertThatThrownBy(() -> network.predict(SequenceBatch.ofFeatures(List.<float[][]>of(EMPTY))))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got sequences of vectors; expected sequences of indices");
    }
  }
}
