package org.recur4j.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.random.Philox;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.parity.Divergence;
import org.recur4j.models.parity.Parity;
import org.recur4j.models.parity.ParityPhase;
import org.recur4j.models.parity.ParityReport;
import org.recur4j.models.parity.PlanChoice;
import org.recur4j.models.seq2seq.Attention;
import org.recur4j.models.seq2seq.EncoderDecoder;
import org.recur4j.models.seq2seq.SequencePair;
import org.recur4j.models.training.loss.Loss;

/** Real backends against the reference, and one that is wrong on purpose. */
class ParityOnBackendsTest {
  private static final int WRONG_FROM = 3;
  private static Backend ejml;

  @BeforeAll
  static void open() {
    ejml = Backends.open("ejml", BackendOptions.defaults().withThreads(2));
  }

  @AfterAll
  static void close() {
    ejml.close();
  }

  private static Network network() {
    return Networks.manyToOne()
        .seed(3)
        .embedding(7, 5)
        .dropout(0.2)
        .recurrent(lstm(9))
        .recurrent(lstm(8))
        .classes(3)
        .build(ejml);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < 6; row++) {
      int[] sequence = new int[12 - row];
      for (int t = 0; t < sequence.length; t++) {
        sequence[t] = (row + 3 * t + t * t) % 7;
      }
      examples.add(Example.classified(sequence, row % 3));
    }
    return examples;
  }

  private static Parity parity(Network network) {
    return Parity.of(network, Loss.of(OutputKind.CLASSES), examples(), ejml, 1);
  }

  @ParameterizedTest
  @EnumSource
  void ejmlIsWithinTheToleranceHoweverItRuns(Fusion fusion) {
    try (Network network = network()) {
      ParityReport report = parity(network).measure(ejml, fusion);
      assertThat(report.agrees()).as(report.toString()).isTrue();
      assertThat(report.loss()).isNotEqualTo(report.referenceLoss());
      assertThat(report.choices())
          .extracting(PlanChoice::layer)
          .containsExactly("rnn layer 0", "rnn layer 1");
      assertThat(report.choices())
          .allMatch(c -> c.report().verdict().fused() == (fusion != Fusion.FORBID));
      assertThat(report.worst(ParityPhase.FORWARD).share()).isBetween(1e-3, 1.0);
      assertThat(report.worst(ParityPhase.BACKWARD).share()).isBetween(1e-4, 1.0);
    }
  }

  @Test
  void nd4jIsWithinTheToleranceWithFusedAndPortablePlans() {
    for (Candidate candidate : Backends.report().candidates()) {
      if (candidate.name().equals("nd4j") && !candidate.isAvailable()) {
        System.out.println("skipped: " + candidate);
        Assumptions.abort(candidate.toString());
      }
    }
    try (Network network = network();
        Backend nd4j = Backends.open("nd4j", BackendOptions.defaults().withThreads(2))) {
      Parity parity = parity(network);
      for (Fusion fusion : List.of(Fusion.AUTO, Fusion.FORBID)) {
        ParityReport report = parity.measure(nd4j, fusion);
        System.out.println(report.backend().name() + ", " + fusion + ":");
        System.out.println("  " + report.worst(ParityPhase.FORWARD));
        System.out.println("  " + report.worst(ParityPhase.BACKWARD));
        assertThat(report.agrees()).as(report.toString()).isTrue();
        assertThat(report.backend().name()).isEqualTo("nd4j");
        assertThat(report.reference().name()).isEqualTo("ejml");
      }
      ParityReport beside = parity.between(nd4j, ejml, Fusion.AUTO);
      assertThat(beside.referenceType()).isEqualTo(beside.dataType());
      assertThat(beside.agrees()).as(beside.toString()).isTrue();
      assertThat(beside.worst(ParityPhase.FORWARD).absolute()).isPositive();
      assertThat(parity.between(ejml, ejml, Fusion.AUTO).worst(ParityPhase.BACKWARD).absolute())
          .as("a backend against itself")
          .isZero();
      assertThatThrownBy(() -> Parity.of(network, Loss.of(OutputKind.CLASSES), examples(), nd4j, 1))
          .hasMessageContaining("parity against backend nd4j")
          .hasMessageContaining("types including FLOAT64");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "FORBID"})
  void twoGatesExchangedFromStepThreeOnAreFoundInTheirLayer(Fusion fusion) {
    try (Network network = network();
        Backend wrong = new GatesExchanged(ejml, 1, 0, 1, WRONG_FROM)) {
      ParityReport report = parity(network).measure(wrong, fusion);
      assertThat(report.agrees()).isFalse();
      Divergence first = report.first().orElseThrow();
      assertThat(first.stage()).isEqualTo(ParityPhase.FORWARD);
      assertThat(first.layer()).isEqualTo("rnn layer 1");
      assertThat(first.quantity()).isEqualTo("LSTM gates");
      assertThat(first.place().direction()).isEqualTo("forward");
      assertThat(first.place().step()).isEqualTo(WRONG_FROM);
      assertThat(first.place().gate()).isEqualTo("i (input)");
      assertThat(first.place().row()).isBetween(0, 5);
      assertThat(first.place().unit()).isBetween(0, 7);
      assertThat(first.gates()).containsExactly("i (input)", "f (forget)");
      assertThat(first.difference()).isGreaterThan(first.allowed());
      assertThat(first.toString())
          .contains("forward, layer 'rnn layer 1', LSTM gates, forward direction, time step 3")
          .contains("gate i (input), batch row ")
          .contains("Gates i (input) and f (forget) look exchanged");
      assertThat(report.toString()).contains("diverges: " + first);
    }
  }

  @Test
  void theGatesOfAGruAreFoundByTheirOwnNames() {
    try (Network network =
            Networks.manyToMany().embedding(7, 5).recurrent(gru(6)).classes(3).build(ejml);
        Backend wrong = new GatesExchanged(ejml, 0, 0, 1, WRONG_FROM)) {
      List<Example> tagged =
          List.of(
              Example.tagged(new int[] {1, 2, 3, 4, 5}, 0, 1, 2, 0, 1),
              Example.tagged(new int[] {6, 5, 4}, 2, 1, 0));
      Divergence first =
          Parity.of(network, Loss.of(OutputKind.CLASSES), tagged, ejml, 1)
              .measure(wrong, Fusion.AUTO)
              .first()
              .orElseThrow();
      assertThat(first.layer()).isEqualTo("rnn layer 0");
      assertThat(first.place().step()).isEqualTo(WRONG_FROM);
      assertThat(first.place().row()).as("the only row that is so long").isZero();
      assertThat(first.place().gate()).isEqualTo("r (reset)");
      assertThat(first.gates()).containsExactly("r (reset)", "z (update)", "n (candidate)");
    }
  }

  @Test
  void aGradientThatIsLostOnTheWayBackIsFoundAtItsStep() {
    int lost = 4;
    try (Network network =
            Networks.manyToMany().embedding(7, 5).recurrent(lstm(6)).classes(3).build(ejml);
        Backend wrong = new GradientLost(ejml, lost)) {
      List<Example> tagged =
          List.of(
              Example.tagged(new int[] {1, 2, 3, 4, 5, 6}, 0, 1, 2, 0, 1, 2),
              Example.tagged(new int[] {6, 5, 4, 3, 2, 1}, 2, 1, 0, 2, 1, 0));
      ParityReport report =
          Parity.of(network, Loss.of(OutputKind.CLASSES), tagged, ejml, 1)
              .measure(wrong, Fusion.AUTO);
      assertThat(report.forward()).isEmpty();
      Divergence first = report.first().orElseThrow();
      assertThat(first.stage()).isEqualTo(ParityPhase.BACKWARD);
      assertThat(first.layer()).isEqualTo("rnn layer 0");
      assertThat(first.quantity()).isEqualTo("LSTM state gradients");
      assertThat(first.place().step()).isEqualTo(lost);
      assertThat(first.toString()).contains("time step 4, batch row ");
    }
  }

  @Test
  void anEncoderDecoderIsLookedAtStepByStepToo() {
    Philox random = new Philox(5);
    List<SequencePair> pairs = new ArrayList<>();
    for (int row = 0; row < 4; row++) {
      int[] source = new int[3 + row];
      for (int t = 0; t < source.length; t++) {
        source[t] = random.bounded(6, row, 0, t);
      }
      pairs.add(new SequencePair(source, new int[] {row, 1}));
    }
    try (EncoderDecoder model =
            EncoderDecoder.builder(6, 5)
                .embedding(4)
                .encoder(gru(6))
                .decoder(lstm(5))
                .attention(Attention.GENERAL)
                .build(ejml);
        Backend wrong = new GatesExchanged(ejml, 0, 0, 1, 2)) {
      Parity parity = Parity.of(model, pairs, ejml, 1);
      ParityReport right = parity.measure(ejml, Fusion.AUTO);
      assertThat(right.agrees()).as(right.toString()).isTrue();
      assertThat(right.choices())
          .extracting(PlanChoice::layer)
          .containsExactly("encoder.rnn layer 0", "decoder.rnn layer 0");
      Divergence first = parity.measure(wrong, Fusion.AUTO).first().orElseThrow();
      assertThat(first.layer()).isEqualTo("encoder.rnn layer 0");
      assertThat(first.place().step()).isEqualTo(2);
    }
  }
}
