package org.recur4j.models.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.decoding.Continuation;
import org.recur4j.models.decoding.DecodedSequence;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.loss.BatchLoss;
import org.recur4j.models.training.model.TrainableRun;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.Evaluation;

class EncoderDecoderTest {
  private static final int[] SOURCE = {2, 0, 1, 1};
  private static final List<int[]> SOURCES =
      List.of(new int[] {0}, SOURCE, new int[] {}, new int[] {3, 3, 2, 1, 0, 0});
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

  private static EncoderDecoderBuilder small(Attention attention) {
    return EncoderDecoder.builder(4, 3)
        .embedding(3)
        .encoder(lstm(2).direction(Direction.BIDIRECTIONAL))
        .decoder(lstm(4))
        .attention(attention)
        .seed(5);
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void plansAndStepsGiveTheSameLoss(Attention attention) {
    List<SequencePair> pairs =
        List.of(
            new SequencePair(SOURCE, new int[] {0, 1, 2}),
            new SequencePair(new int[] {1}, new int[] {}));
    try (EncoderDecoder planned = small(attention).build(backend);
        EncoderDecoder stepwise = small(attention).stepwise().build(backend)) {
      assertThat(loss(planned, pairs)).isCloseTo(loss(stepwise, pairs), within(1e-6));
    }
  }

  private double loss(EncoderDecoder model, List<SequencePair> pairs) {
    try (TrainableRun<SequencePair> run = model.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("loss")) {
      BatchLoss loss = run.forward(new EagerOps(backend, scope), pairs, 0);
      double[] mean = new double[1];
      backend.download(loss.mean(), mean, 0);
      return mean[0];
    }
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void theLossIsTheMeanOfWhatTheStepsSay(Attention attention) {
    int[] target = {2, 0};
    try (EncoderDecoder model = small(attention).build(backend)) {
      List<SequencePair> pairs =
          List.of(
              new SequencePair(SOURCE, target),
              new SequencePair(new int[] {3}, new int[] {1, 1, 1}));
      double alone = -said(model, SOURCE, target) / 3;
      double other = -said(model, new int[] {3}, 1, 1, 1) / 4;
      assertThat(loss(model, pairs.subList(0, 1))).isCloseTo(alone, within(1e-5));
      assertThat(loss(model, pairs)).isCloseTo((3 * alone + 4 * other) / 7, within(1e-5));
    }
  }

  /** Log-probability of a target, token by token, the end included. */
  private static double said(EncoderDecoder model, int[] source, int... target) {
    double sum = 0;
    try (Continuation steps = model.begin(List.of(source))) {
      int token = steps.begin();
      for (int t = 0; t <= target.length; t++) {
        float[] logits = steps.step(token);
        token = t == target.length ? steps.end() : target[t];
        double all = 0;
        for (float logit : logits) {
          all += Math.exp(logit);
        }
        sum += logits[token] - Math.log(all);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Attention.class)
  void rowsDoNotInfluenceEachOther(Attention attention) {
    DecodingStrategy beam = DecodingStrategy.beam(6, 3, 0.5);
    try (EncoderDecoder model = small(attention).build(backend)) {
      List<List<DecodedSequence>> together = model.translate(SOURCES, beam);
      for (int i = 0; i < SOURCES.size(); i++) {
        List<DecodedSequence> alone = model.translate(SOURCES.subList(i, i + 1), beam).get(0);
        assertThat(together.get(i)).hasSameSizeAs(alone);
        for (int k = 0; k < alone.size(); k++) {
          assertThat(together.get(i).get(k).tokens()).isEqualTo(alone.get(k).tokens());
          assertThat(together.get(i).get(k).logProbability())
              .isCloseTo(alone.get(k).logProbability(), within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Attention.class,
      names = {"DOT", "GENERAL", "ADDITIVE"})
  void attentionLooksAtTheSourceOnly(Attention attention) {
    try (EncoderDecoder model = small(attention).build(backend)) {
      for (DecodingStrategy how :
          List.of(DecodingStrategy.greedy(5), DecodingStrategy.beam(5, 4, 1))) {
        List<List<DecodedSequence>> said = model.translate(SOURCES, how);
        for (int row = 0; row < SOURCES.size(); row++) {
          int length = SOURCES.get(row).length;
          for (DecodedSequence decoded : said.get(row)) {
            assertThat(decoded.attention()).hasDimensions(decoded.tokens().length, 6);
            for (float[] places : decoded.attention()) {
              assertThat(sum(places, 0, length)).isCloseTo(length == 0 ? 0 : 1, within(1e-5));
              assertThat(sum(places, length, 6)).isZero();
            }
          }
        }
      }
    }
  }

  private static double sum(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(values[i]);
    }
    return sum;
  }

  @Test
  void withoutAttentionThereIsNothingToPlot() {
    try (EncoderDecoder model = small(Attention.NONE).build(backend)) {
      assertThat(model.translate(SOURCES, DecodingStrategy.greedy(5)).get(1).get(0).attention())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Attention.class,
      names = {"GENERAL", "ADDITIVE"})
  void learnsToTurnSequencesRound(Attention attention) {
    List<SequencePair> pairs = new ArrayList<>();
    for (int n = 0; n < 81; n++) {
      int[] source = Arrays.copyOf(new int[] {n % 3, n / 3 % 3, n / 9 % 3, n / 27}, 1 + n % 4);
      int[] target = new int[source.length];
      Arrays.setAll(target, i -> source[source.length - 1 - i]);
      pairs.add(new SequencePair(source, target));
    }
    try (EncoderDecoder model =
        EncoderDecoder.builder(3, 3)
            .embedding(8)
            .encoder(gru(12))
            .decoder(gru(12))
            .attention(attention)
            .build(backend)) {
      Trainer.of(model)
          .optimizer(Optimizer.adam(0.02))
          .epochs(25)
          .batchSize(16)
          .bucketing(3)
          .maximumNorm(1)
          .train(pairs);
      Evaluation evaluation = Trainer.of(model).evaluate(pairs);
      assertThat(evaluation.accuracy()).isGreaterThan(0.97);
      assertThat(evaluation.answers())
          .isEqualTo(pairs.stream().mapToInt(pair -> pair.target().length + 1).sum());
      List<List<DecodedSequence>> said =
          model.translate(
              pairs.stream().map(SequencePair::source).toList(), DecodingStrategy.greedy(9));
      int right = 0;
      for (int i = 0; i < pairs.size(); i++) {
        right += Arrays.equals(said.get(i).get(0).tokens(), pairs.get(i).target()) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(75);
    }
  }

  @Test
  void aFileKeepsEverything(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.safetensors");
    Path again = folder.resolve("again.safetensors");
    try (EncoderDecoder model =
        small(Attention.ADDITIVE).dropout(0.25).labelSmoothing(0.1).build(backend)) {
      model.save(file, Map.of("letters", "abcd"));
      try (EncoderDecoder read = EncoderDecoder.load(file, backend)) {
        assertThat(read.architecture()).isEqualTo(model.architecture());
        assertThat(read.metadata()).isEqualTo(Map.of("letters", "abcd"));
        assertThat(read.summary()).isEqualTo(model.summary());
        assertThat(said(read, SOURCE, 1, 2)).isEqualTo(said(model, SOURCE, 1, 2));
        read.save(again, read.metadata());
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
      }
      assertThatThrownBy(() -> model.save(file, Map.of("recur4j.x", "")))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("EncoderDecoder.save: got a note with the key 'recur4j.x'");
    }
  }

  @Test
  void aFileOfANetworkIsRefused(@TempDir Path folder) {
    Path file = folder.resolve("network.safetensors");
    try (Network network =
        Networks.manyToOne().embedding(3, 2).recurrent(gru(2)).classes(2).build(backend)) {
      network.save(file);
    }
    assertThatThrownBy(() -> EncoderDecoder.load(file, backend))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no metadata 'recur4j.encoderDecoder'")
        .hasMessageContaining("a file written by EncoderDecoder.save");
  }

  @Test
  void aSummaryShowsEveryPart() {
    try (EncoderDecoder model = small(Attention.GENERAL).build(backend)) {
      assertThat(model.summary())
          .contains("encoder: embedding 4→3")
          .contains("encoder: bidirectional LSTM 3→2")
          .contains("bridge: dense TANH")
          .contains("decoder: embedding 4→3")
          .contains("decoder: LSTM 3→4")
          .contains("attention GENERAL")
          .contains("dense 8→4 TANH")
          .contains("dense 4→4")
          .contains(Long.toString(model.parameterCount()));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> small(Attention.DOT).decoder(lstm(3)).architecture())
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("dot attention between 4 encoder and 3 decoder features");
    assertThatThrownBy(
            () ->
                small(Attention.NONE).decoder(lstm(3).direction(Direction.REVERSE)).architecture())
        .hasMessageContaining("a decoder layer in direction REVERSE");
    assertThatThrownBy(
            () -> small(Attention.NONE).decoder(lstm(3).learnedInitialState()).architecture())
        .hasMessageContaining("a decoder layer with a learned initial state");
    assertThatThrownBy(() -> small(Attention.NONE).encoder().architecture())
        .hasMessageContaining("no encoder layer");
    try (EncoderDecoder model = small(Attention.GENERAL).build(backend)) {
      assertThatThrownBy(() -> model.translate(List.of(), DecodingStrategy.greedy(3)))
          .hasMessageContaining("no source");
      assertThatThrownBy(
              () -> model.translate(List.of(new int[] {0, 4}), DecodingStrategy.greedy(3)))
          .hasMessageContaining("index 4 at position 1 of the source")
          .hasMessageContaining("[0, 4)");
      assertThatThrownBy(() -> loss(model, List.of(new SequencePair(SOURCE, new int[] {3}))))
          .hasMessageContaining("index 3 at position 0 of the target;")
          .hasMessageContaining("[0, 3)");
    }
  }
}
