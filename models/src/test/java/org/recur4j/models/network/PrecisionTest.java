package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.tensor.DataType;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.decoding.DecodingStrategy;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.Trainer;

/** Networks at another precision: what is refused on a backend that has none, and in training. */
class PrecisionTest {
  private static final SequenceBatch BATCH = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}));
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static ManyToManyBuilder builder() {
    return Networks.manyToMany().embedding(6, 3).recurrent(Networks.gru(4)).classes(3).seed(2);
  }

  @Test
  void aBackendWithoutKernelsIsAnErrorAndNeverAnotherPrecision() {
    int scopes = backend.memory().openScopes().size();
    try (Network network = builder().build(backend)) {
      for (Precision precision : List.of(Precision.INT8, Precision.BF16, Precision.TF32)) {
        assertThatThrownBy(() -> network.at(precision))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("GRU 3→4 at " + precision + " on backend toy")
            .hasMessageContaining("portable: this backend has no fused plan")
            .hasMessageContaining("Use FULL, or a backend whose recurrence().assess returns");
      }
      assertThat(backend.memory().openScopes()).hasSize(scopes + 1);
    }
  }

  @Test
  void whatHasNoPackedSingleWeightsIsRefused() {
    try (Network stepwise = builder().stepwise().build(backend);
        Network exact = builder().dataType(DataType.FLOAT64).build(backend);
        Network flat = Networks.oneToOne().features(2).classes(2).build(backend)) {
      assertThatThrownBy(() -> stepwise.at(Precision.INT8))
          .hasMessageContaining("step by step: the cells have no common plan");
      assertThatThrownBy(() -> exact.at(Precision.BF16))
          .hasMessageContaining("network at BF16")
          .hasMessageContaining("weights of FLOAT64")
          .hasMessageContaining("Use FULL, because");
      assertThatThrownBy(() -> flat.at(Precision.INT8)).hasMessageContaining("no recurrent layer");
    }
  }

  @Test
  void anInferenceOnlyTwinAnswersAlikeAndFollowsTheWeights() {
    try (Network network = builder().build(backend);
        Network twin = network.at(Precision.FULL)) {
      assertThat(network.inferenceOnly()).isFalse();
      assertThat(twin.inferenceOnly()).isTrue();
      assertThat(twin.precision()).isEqualTo(Precision.FULL);
      assertThat(twin.predict(BATCH)).isDeepEqualTo(network.predict(BATCH));
      assertThat(twin.fingerprint()).isEqualTo(network.fingerprint());
      assertThat(twin.summary()).contains("GRU 3→4, FULL").contains("inference only, FULL");
      assertThat(network.summary()).doesNotContain("FULL");
      float[][] before = network.predict(BATCH);
      Trainer.of(network).epochs(1).train(List.of(Example.tagged(new int[] {1, 2}, 0, 1)));
      twin.refresh();
      assertThat(twin.predict(BATCH)).isDeepEqualTo(network.predict(BATCH));
      assertThat(Arrays.deepEquals(twin.predict(BATCH), before)).isFalse();
      try (Network again = twin.at(Precision.FULL)) {
        assertThat(again.summary()).isEqualTo(twin.summary());
      }
      assertThat(twin.predict(BATCH)).isDeepEqualTo(network.predict(BATCH));
    }
  }

  @Test
  void trainingATwinIsRefused() {
    List<Example> examples = List.of(Example.tagged(new int[] {1, 2}, 0, 1));
    try (Network network = builder().build(backend);
        Network twin = network.at(Precision.FULL)) {
      assertThatThrownBy(() -> Trainer.of(twin).epochs(1).train(examples))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("training of the network at FULL")
          .hasMessageContaining("the network that at(FULL) was called on")
          .hasMessageContaining("refresh() then packs the new weights");
      assertThatThrownBy(() -> twin.open(Mode.TRACING, 1)).hasMessageContaining("tracing of the");
      assertThat(Trainer.evaluate(twin, examples)).isEqualTo(Trainer.evaluate(network, examples));
    }
  }

  @Test
  void anEncoderDecoderHasATwinToo() {
    int[] source = {1, 2, 3};
    SequencePair pair = new SequencePair(source, new int[] {1});
    try (EncoderDecoder model =
            EncoderDecoder.builder(5, 4)
                .embedding(3)
                .encoder(Networks.gru(4))
                .decoder(Networks.gru(4))
                .build(backend);
        EncoderDecoder twin = model.at(Precision.FULL)) {
      DecodingStrategy how = DecodingStrategy.greedy(5);
      assertThat(twin.translate(List.of(source), how).get(0).get(0).tokens())
          .isEqualTo(model.translate(List.of(source), how).get(0).get(0).tokens());
      assertThat(twin.summary()).contains("GRU 3→4, FULL");
      assertThatThrownBy(() -> Trainer.of(twin).epochs(1).train(List.of(pair)))
          .hasMessageContaining("training of the encoder–decoder at FULL");
      assertThatThrownBy(() -> model.at(Precision.INT8)).hasMessageContaining("backend toy");
    }
  }
}
