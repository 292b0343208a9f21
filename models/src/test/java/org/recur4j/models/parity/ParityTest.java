package org.recur4j.models.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.peepholeLstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkBuilder;
import org.recur4j.models.network.Networks;
import org.recur4j.models.seq2seq.Attention;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.loss.Loss;
import org.recur4j.models.training.model.TrainableRun;

class ParityTest {
  private static final Tolerance NOTHING = new Tolerance(1e-300, 1e-300);
  private static final List<Example> EXAMPLES =
      List.of(
          Example.classified(new int[] {1, 2, 3, 4}, 0),
          Example.classified(new int[] {0, 5}, 1),
          Example.classified(new int[] {4, 4, 2}, 2));
  private static Backend toy;

  @BeforeAll
  static void open() {
    toy = new ToyProvider().open(BackendOptions.defaults());
  }

  @AfterAll
  static void close() {
    assertThat(toy.memory().openScopes()).as("what parity left behind").isEmpty();
    toy.close();
  }

  private static NetworkBuilder<?> deep() {
    return Networks.manyToOne()
        .seed(2)
        .embedding(6, 4)
        .dropout(0.3)
        .bidirectional(lstm(5).recurrentDropout(0.2).learnedInitialState())
        .recurrent(vanilla(4))
        .classes(3);
  }

  private static Parity parity(Network network) {
    return Parity.of(network, Loss.of(OutputKind.CLASSES), EXAMPLES, toy, 9);
  }

  @Test
  void theReferenceItselfIsBitForBitTheSame() {
    try (Network network = deep().dataType(DataType.FLOAT64).build(toy)) {
      ParityReport report = parity(network).measure(toy, Fusion.AUTO, NOTHING);
      assertThat(report.tensors()).hasSizeGreaterThan(30);
      assertThat(report.tensors())
          .allMatch(t -> t.absolute() == 0 && t.ulps() == 0 && t.relative() == 0 && t.share() == 0)
          .anyMatch(t -> t.scale() > 0.5);
      assertThat(report.agrees()).isTrue();
      assertThat(report.loss()).isEqualTo(report.referenceLoss()).isPositive();
      assertThat(report.tolerance()).isEqualTo(NOTHING);
      assertThat(report.seed()).isEqualTo(9);
      assertThat(report.examples()).isEqualTo(EXAMPLES.size());
    }
  }

  @Test
  void singlePrecisionIsWithinTheToleranceInEveryTensorThatThereIs() {
    try (Network network = deep().build(toy)) {
      ParityReport report = parity(network).measure(toy, Fusion.AUTO);
      assertThat(report.agrees()).as(report.toString()).isTrue();
      assertThat(report.dataType()).isEqualTo(DataType.FLOAT32);
      assertThat(report.choices())
          .extracting(PlanChoice::toString)
          .satisfiesExactly(
              one -> assertThat(one).startsWith("rnn layer 0 (BIDIRECTIONAL LSTM 4→5): portable"),
              one -> assertThat(one).startsWith("rnn layer 1 (FORWARD VANILLA 10→4): portable"));
      assertThat(report.tensors())
          .extracting(t -> t.stage() + ", " + t.layer() + ", " + t.quantity())
          .contains(
              "FORWARD, rnn layer 0, LSTM gates",
              "FORWARD, rnn layer 0, LSTM cell states",
              "FORWARD, rnn layer 0, LSTM hidden states",
              "FORWARD, rnn layer 1, VANILLA hidden states",
              "FORWARD, head, linear",
              "BACKWARD, head, ∂L/∂ linear",
              "BACKWARD, rnn layer 1, VANILLA state gradients",
              "BACKWARD, rnn layer 0, LSTM state gradients",
              "BACKWARD, rnn layer 0, ∂L/∂ rnn.weight_hh_l0_reverse",
              "BACKWARD, embedding, ∂L/∂ embedding.weight")
          .doesNotContain("FORWARD, rnn layer 1, VANILLA gates");
      assertThat(report.tensors())
          .as("views hold nothing of their own")
          .noneMatch(t -> t.quantity().contains("reshape"));
      assertThat(report.tensors())
          .filteredOn(t -> t.quantity().equals("∂L/∂ linear"))
          .singleElement()
          .satisfies(
              t -> assertThat(t.share()).isEqualTo(t.absolute() / (2e-5 * t.scale())),
              t -> assertThat(t.scale()).isLessThan(0.5));
      for (Parameter parameter : network.parameters()) {
        String wanted = "∂L/∂ " + parameter.name();
        assertThat(report.tensors()).filteredOn(t -> t.quantity().equals(wanted)).hasSize(1);
      }
      assertThat(report.worst(ParityPhase.FORWARD).ulps()).isBetween(0.1, 1e4);
      assertThat(report.worst(ParityPhase.FORWARD).share()).isBetween(1e-4, 1.0);
    }
  }

  @Test
  void aToleranceOfNothingFindsTheFirstRounding() {
    try (Network network = deep().build(toy)) {
      ParityReport report = parity(network).measure(toy, Fusion.AUTO, NOTHING);
      Divergence forward = report.forward().orElseThrow();
      assertThat(report.first()).contains(forward);
      assertThat(forward.difference()).isLessThan(1e-6);
      Divergence backward = report.backward().orElseThrow();
      assertThat(backward.stage()).isEqualTo(ParityPhase.BACKWARD);
      assertThat(backward.layer()).isEqualTo("head");
      assertThat(report.toString())
          .contains("toy (CPU, 1 thread, plain loops), FLOAT32 against toy")
          .contains("diverges: forward, layer '")
          .contains("diverges: backward, layer 'head'");
    }
  }

  @Test
  void layersThatRunStepByStepAreComparedOperationByOperation() {
    try (Network network =
        Networks.manyToOne()
            .embedding(6, 4)
            .recurrent(peepholeLstm(3))
            .recurrent(gru(3))
            .classes(3)
            .stepwise()
            .build(toy)) {
      ParityReport report = parity(network).measure(toy, Fusion.AUTO);
      assertThat(report.agrees()).as(report.toString()).isTrue();
      assertThat(report.choices()).isEmpty();
      assertThat(report.tensors())
          .extracting(t -> t.stage() + " " + t.layer())
          .contains("FORWARD rnn layer 0", "FORWARD rnn layer 1", "BACKWARD rnn layer 0");
      assertThat(report.tensors()).doesNotHaveDuplicates().hasSizeLessThan(80);
    }
  }

  @Test
  void anEncoderDecoderIsOneModelToo() {
    List<SequencePair> pairs =
        List.of(
            new SequencePair(new int[] {0, 2, 1}, new int[] {1, 0}),
            new SequencePair(new int[] {1}, new int[] {0, 1, 1}));
    try (EncoderDecoder model =
        EncoderDecoder.builder(3, 2)
            .embedding(3)
            .encoder(lstm(2).direction(Direction.BIDIRECTIONAL))
            .decoder(gru(4))
            .attention(Attention.ADDITIVE)
            .dropout(0.2)
            .labelSmoothing(0.3)
            .build(toy)) {
      ParityReport report = Parity.of(model, pairs, toy, 4).measure(toy, Fusion.AUTO);
      assertThat(report.agrees()).as(report.toString()).isTrue();
      assertThat(report.choices())
          .extracting(PlanChoice::layer)
          .containsExactly("encoder.rnn layer 0", "decoder.rnn layer 0");
      assertThat(report.loss()).isNotEqualTo(report.referenceLoss());
      try (TrainableRun<SequencePair> run = model.open(Mode.TRAINING, 4);
          Scope scope = toy.scope("loss")) {
        float[] training = new float[1];
        toy.download(run.forward(new EagerOps(toy, scope), pairs, 0).mean(), training, 0);
        assertThat(report.loss()).as("the loss of training").isEqualTo(training[0]);
      }
    }
  }

  @Test
  void refusesWhatItCannotRun() {
    try (Network network = deep().build(toy)) {
      assertThatThrownBy(() -> Parity.of(network, Loss.of(OutputKind.CLASSES), List.of(), toy, 1))
          .hasMessageContaining("no example");
      assertThatThrownBy(() -> Parity.of(network, Loss.of(OutputKind.VALUES), EXAMPLES, toy, 1))
          .hasMessageContaining("a network with output CLASSES");
      Parity parity = parity(network);
      assertThatThrownBy(() -> parity.measure(toy, Fusion.REQUIRE))
          .isInstanceOf(BackendException.class);
    }
    assertThatThrownBy(() -> new Tolerance(0, 1)).hasMessageContaining("finite bounds above 0");
    assertThatThrownBy(() -> new Tolerance(1, Double.NaN)).hasMessageContaining("NaN backward");
  }

  @Test
  void aCopyAnswersAsTheOriginal() {
    SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {5}));
    try (Network network = deep().build(toy);
        Network copy = Networks.copy(network, toy, DataType.FLOAT32);
        Network twice = Networks.copy(network, toy, DataType.FLOAT64);
        Network back = Networks.copy(twice, toy, DataType.FLOAT32)) {
      assertThat(copy.predict(batch)).isDeepEqualTo(network.predict(batch));
      assertThat(back.predict(batch)).isDeepEqualTo(network.predict(batch));
      assertThat(copy.fingerprint()).isEqualTo(network.fingerprint());
      assertThat(twice.architecture().dataType()).isEqualTo(DataType.FLOAT64);
    }
  }
}
