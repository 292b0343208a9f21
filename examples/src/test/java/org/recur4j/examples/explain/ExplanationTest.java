package org.recur4j.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** Pictures and numbers of networks, held to what the networks themselves compute. */
class ExplanationTest {
  private static final SequenceBatch HELLO =
      SequenceBatch.ofFeatures(
          List.<float[][]>of(
              new float[][] {{1, 0, 0.5f}, {0, 1, -0.5f}, {0, 0, 1}, {0, 0, 1}, {-1, 0.25f, 0}}));
  private static final List<String> LETTERS = List.of("h", "e", "l", "l", "o");

  private Backend backend;
  @TempDir private Path folder;

  @BeforeEach
  void open() {
    backend = Backends.open("ejml");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Network of(RecurrentLayerSpec layer) {
    return Networks.manyToMany().features(3).recurrent(layer).classes(2).seed(3).build(backend);
  }

  @ParameterizedTest
  @EnumSource
  void theNumbersAreThoseOfTheNetwork(CellKind kind) {
    for (ResetVariant reset : ResetVariant.values()) {
      try (Network network = of(RecurrentLayerSpec.of(kind, 4).reset(reset))) {
        double[] hidden = network.inputsOf(1, HELLO);
        for (int t = 0; t < 5; t++) {
          StepNumbers numbers = Numbering.of(network, HELLO, Focus.atStep(t));
          for (int j = 0; j < 4; j++) {
            assertThat(numbers.hidden()[j]).isCloseTo(hidden[t * 4 + j], within(1e-5));
            double before = t == 0 ? 0 : hidden[(t - 1) * 4 + j];
            assertThat(numbers.previous()[j]).isCloseTo(before, within(1e-5));
          }
        }
      }
    }
  }

  @Test
  void theEquationsAddUp() {
    try (Network network = of(vanilla(4))) {
      StepNumbers numbers = Numbering.of(network, HELLO, Focus.atStep(2));
      String text = Explanation.of(network, HELLO, Focus.atStep(2).inputs(LETTERS)).text();
      assertThat(text)
          .contains("VANILLA of recurrent layer 1, at step 3 of 5 (l)")
          .contains("h = tanh(W x + U h′ + b)")
          .contains("x                          = " + Numbers.list(numbers.x()))
          .contains("  W x                      = " + Numbers.list(numbers.inputProduct(0)))
          .contains("  h                        = " + Numbers.list(numbers.hidden()));
      for (int j = 0; j < 4; j++) {
        double sum = numbers.inputProduct(0)[j] + numbers.hiddenProduct(0, numbers.previous())[j];
        assertThat(Math.tanh(sum)).isCloseTo(numbers.hidden()[j], within(1e-12));
      }
    }
  }

  @Test
  void pictureAndEquationsNameTheActivationThatRuns() {
    try (Network network = of(vanilla(4).activation(Activation.RELU))) {
      Explanation explanation = Explanation.of(network, HELLO, Focus.atStep(2));
      assertThat(explanation.text()).contains("h = relu(W x + U h′ + b)").doesNotContain("tanh");
      assertThat(explanation.pictures().get("cell")).contains(">relu<").doesNotContain("tanh");
    }
  }

  @Test
  void theReverseDirectionReadsFromTheEnd() {
    try (Network network =
        Networks.manyToMany()
            .features(3)
            .bidirectional(lstm(4))
            .classes(2)
            .seed(3)
            .build(backend)) {
      double[] both = network.inputsOf(1, HELLO);
      StepNumbers numbers = Numbering.of(network, HELLO, new Focus(0, true, 4, List.of()));
      assertThat(numbers.previous()).containsOnly(0);
      for (int j = 0; j < 4; j++) {
        assertThat(numbers.hidden()[j]).isCloseTo(both[4 * 8 + 4 + j], within(1e-5));
      }
    }
  }

  @Test
  void aTrainedInitialStateIsWhereStepsBegin() {
    try (Network network = of(lstm(4).learnedInitialState())) {
      double[] start = {0.5, -0.25, 0, 1};
      for (String part : List.of("rnn.h_0_l0", "rnn.c_0_l0")) {
        network.parameters().stream()
            .filter(parameter -> parameter.name().equals(part))
            .forEach(parameter -> backend.upload(start, 0, parameter.value()));
      }
      network.refresh();
      double[] hidden = network.inputsOf(1, HELLO);
      StepNumbers numbers = Numbering.of(network, HELLO, Focus.atStep(0));
      assertThat(numbers.previous()).containsExactly(start);
      assertThat(numbers.previousCell()).containsExactly(start);
      for (int j = 0; j < 4; j++) {
        assertThat(numbers.hidden()[j]).isCloseTo(hidden[j], within(1e-5));
      }
    }
  }

  @Test
  void theTextShowsTheLoopAndItsSteps() {
    try (Network network =
        Networks.manyToOne().features(3).recurrent(gru(4)).classes(2).build(backend)) {
      assertThat(Explanation.of(network, HELLO, Focus.atStep(0).inputs(LETTERS)).text())
          .contains(" [ GRU 3→4 ]  ↩ h\n      ↑\n      x\n")
          .contains(" [GRU] ─→  [GRU] ─→  [GRU] ─→  [GRU] ─→  [GRU]\n   ↑         ↑ ")
          .contains("   h         e         l         l         o\n")
          .contains("n = tanh(W_n x + b_in + r · (U_n h′ + b_hn))");
    }
  }

  @Test
  void everyPictureIsXmlAndDrawnToSize() throws Exception {
    try (Network network = of(vanilla(4))) {
      Explanation explanation =
          Explanation.of(network, HELLO, Focus.atStep(1).inputs(List.of("<", "&", "\"", "'", ">")));
      assertThat(explanation.pictures()).containsOnlyKeys("rolled", "unrolled", "cell", "matrices");
      for (String picture : explanation.pictures().values()) {
        assertThat(picture).startsWith("<svg ").endsWith("</svg>\n");
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)(\\w+)[^<>]*?(/?)>").matcher(picture);
        while (tag.find()) {
          if (!tag.group(1).isEmpty()) {
            assertThat(open.pop()).isEqualTo(tag.group(2));
          } else if (tag.group(3).isEmpty()) {
            open.push(tag.group(2));
          }
        }
        assertThat(open).isEmpty();
      }
      // h 4, W 4×3, x 3, U 4×4, h′ 4, b 4 squares, and the paper.
      assertThat(explanation.pictures().get("matrices").split("<rect ", -1).length - 1)
          .isEqualTo(4 + 12 + 3 + 16 + 4 + 4 + 1);
      explanation.write(folder);
      assertThat(Files.readString(folder.resolve("matrices.svg")))
          .isEqualTo(explanation.pictures().get("matrices"));
      assertThat(Files.readString(folder.resolve("explanation.txt"))).isEqualTo(explanation.text());
    }
  }

  @Test
  void aLongSequenceShowsItsEnds() {
    float[][] steps = new float[30][3];
    try (Network network = of(lstm(4))) {
      Explanation explanation =
          Explanation.of(
              network, SequenceBatch.ofFeatures(List.<float[][]>of(steps)), Focus.atStep(29));
      assertThat(explanation.text())
          .contains("Unrolled over 30 steps")
          .contains("…")
          .contains("x30");
      assertThat(explanation.pictures().get("unrolled"))
          .contains("step 30")
          .doesNotContain("step 9<");
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    try (Network network = of(vanilla(4))) {
      assertThatThrownBy(() -> Explanation.of(network, HELLO, Focus.atStep(5)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a step below 5");
      assertThatThrownBy(() -> Explanation.of(network, HELLO, new Focus(1, false, 0, List.of())))
          .hasMessageContaining("recurrent layer 1")
          .hasMessageContaining("a layer below 1");
      assertThatThrownBy(() -> Explanation.of(network, HELLO, new Focus(0, true, 0, List.of())))
          .hasMessageContaining("the reverse direction of a forward layer");
      assertThatThrownBy(
              () ->
                  Explanation.of(
                      network,
                      SequenceBatch.ofFeatures(List.of(new float[2][3], new float[1][3])),
                      Focus.atStep(0)))
          .hasMessageContaining("one sequence of at least one step");
    }
  }
}
