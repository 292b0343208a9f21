package org.recur4j.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;
import static org.recur4j.models.network.Networks.vanilla;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.models.architecture.Pooling;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** What pictures say of where an answer comes from, and of what a cell computes. */
class PictureTest {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backends.open("ejml");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void bothDirectionsAreReadWhereEachOfThemEnds() {
    Explanation explanation = explain(manyToOne(lstm(4), Direction.BIDIRECTIONAL, Pooling.LAST), 5);
    assertThat(explanation.text())
        .contains(
            """
                                   y
                                   ↑
                                [dense]
                                   ↑
               ┌── after step 1 ───┴── after step 5 ───┐
            [LSTM] ←→ [LSTM] ←→ [LSTM] ←→ [LSTM] ←→ [LSTM]
               ↑         ↑         ↑         ↑         ↑
              x1        x2        x3        x4        x5
            """);
    String picture = explanation.pictures().get("unrolled");
    double middle = placeOf(picture, "dense");
    assertThat(middle).isEqualTo((placeOf(picture, "x1") + placeOf(picture, "x5")) / 2);
    assertThat(placeOf(picture, "y")).isEqualTo(middle);
    assertThat(placeOf(picture, "after step 1")).isBetween(placeOf(picture, "x1"), middle);
    assertThat(placeOf(picture, "after step 5")).isBetween(middle, placeOf(picture, "x5"));
    // The blue state of the reverse direction comes out of the first step's box.
    assertThat(picture)
        .containsPattern("points=\"105,185 [^\"]*\" fill=\"none\" stroke=\"" + SvgDrawing.BLUE)
        .containsPattern("points=\"577,185 [^\"]*\" fill=\"none\" stroke=\"" + SvgDrawing.ORANGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"FORWARD", "REVERSE"})
  void oneDirectionIsReadAboveTheStepThatItEndsWith(Direction direction) {
    Explanation explanation = explain(manyToOne(gru(4), direction, Pooling.LAST), 5);
    String picture = explanation.pictures().get("unrolled");
    double end = placeOf(picture, direction == Direction.FORWARD ? "x5" : "x1");
    assertThat(placeOf(picture, "dense")).isEqualTo(end);
    assertThat(placeOf(picture, "y")).isEqualTo(end);
    String spaces = direction == Direction.FORWARD ? " ".repeat(40) : "";
    assertThat(explanation.text()).contains("\n" + spaces + "   y\n").doesNotContain("┴");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"LAST"},
      mode = EnumSource.Mode.EXCLUDE)
  void aPoolingIsOneBoxThatEveryStepLeadsTo(Pooling pooling) {
    Explanation explanation = explain(manyToOne(lstm(4), Direction.BIDIRECTIONAL, pooling), 4);
    String picture = explanation.pictures().get("unrolled");
    String name =
        pooling == Pooling.LAST_STEP
            ? "last step"
            : pooling.name().toLowerCase(Locale.ROOT) + " over time";
    assertThat(explanation.text())
        .containsPattern(
            "\\n                  ↑\\n\\[ +"
                + name
                + " +\\]\\n   ↑         ↑         ↑         ↑\\n");
    assertThat(picture.split(">" + name + "<", -1)).hasSize(2);
    assertThat(placeOf(picture, name)).isEqualTo(placeOf(picture, "dense")).isEqualTo(282);
  }

  @Test
  void aSingleStepIsBothEnds() {
    assertThat(explain(manyToOne(gru(4), Direction.BIDIRECTIONAL, Pooling.LAST), 1).text())
        .contains("Unrolled over 1 step\n")
        .contains("\n   y\n   ↑\n[dense]\n   ↑\n [GRU]\n   ↑\n  x1\n");
  }

  @Test
  void theStepsThatAreLeftOutHaveNoAnswerOfTheirOwn() {
    Explanation explanation = explain(manyToMany(vanilla(4)), 12);
    assertThat(explanation.text()).contains("   y6").contains("   y12").doesNotContain("y7");
    assertThat(explanation.pictures().get("unrolled")).contains(">y12<").doesNotContain(">y7<");
  }

  @ParameterizedTest
  @EnumSource
  void theMatricesStandBesideTheEquationsOfTheirCell(CellKind kind) {
    for (ResetVariant reset : ResetVariant.values()) {
      for (Biases biases : Biases.values()) {
        RecurrentLayerSpec layer = RecurrentLayerSpec.of(kind, 2).reset(reset).biases(biases);
        Explanation explanation = explain(manyToMany(layer), 3);
        String picture = explanation.pictures().get("matrices");
        boolean after = reset == ResetVariant.AFTER_PRODUCT;
        List<String> equations = equations(kind, after, biases);
        for (String equation : equations) {
          assertThat(picture).contains(">" + equation + "</text>");
          assertThat(explanation.text()).contains("\n" + equation);
        }
        assertThat(picture).doesNotContain("←");
        assertThat(picture.split("= (tanh|σ)\\(<", -1))
            .hasSize(1 + layer.toSpec(3, DataType.FLOAT32).gates());
        assertThat(picture.split("<rect ", -1)).hasSize(2 + tiles(kind, after, biases));
      }
    }
  }

  private static List<String> equations(CellKind kind, boolean after, Biases biases) {
    String b = biases == Biases.NONE ? "" : " + b";
    String i = biases == Biases.NONE ? "" : " + b_i";
    String h = biases == Biases.DOUBLE ? " + b_h" : "";
    return switch (kind) {
      case VANILLA -> List.of("h = tanh(W x + U h′" + b + ")");
      case LSTM ->
          List.of(
              "i = σ(W_i x + U_i h′" + (b.isEmpty() ? "" : " + b_i") + ")",
              "f = σ(W_f x + U_f h′" + (b.isEmpty() ? "" : " + b_f") + ")",
              "g = tanh(W_g x + U_g h′" + (b.isEmpty() ? "" : " + b_g") + ")",
              "o = σ(W_o x + U_o h′" + (b.isEmpty() ? "" : " + b_o") + ")",
              "c = f · c′ + i · g",
              "h = o · tanh(c)");
      case GRU ->
          List.of(
              "r = σ(W_r x" + named(i, "r") + " + U_r h′" + named(h, "r") + ")",
              "z = σ(W_z x" + named(i, "z") + " + U_z h′" + named(h, "z") + ")",
              "n = tanh(W_n x"
                  + named(i, "n")
                  + (after
                      ? " + r · (U_n h′" + named(h, "n") + "))"
                      : " + U_n (r · h′)" + named(h, "n") + ")"),
              "h = (1 − z) · n + z · h′");
    };
  }

  private static String named(String bias, String gate) {
    return bias.isEmpty() ? "" : bias + gate;
  }

  /** Squares of gates, W, x, U, h′ and so on, of two units that read three features. */
  private static int tiles(CellKind kind, boolean after, Biases biases) {
    int bias = biases == Biases.NONE ? 0 : 1;
    return switch (kind) {
      case VANILLA -> 2 + 6 + 3 + 4 + 2 + 2 * bias;
      case LSTM -> 8 + 24 + 3 + 16 + 2 + 8 * bias + 3 * 2;
      case GRU ->
          6 + 18 + 3 + 12 + 2 + (after ? 0 : 2) + 6 * (biases == Biases.DOUBLE ? 2 : bias) + 2;
    };
  }

  /** Where a text stands from left to right. */
  private static double placeOf(String picture, String words) {
    Matcher text =
        Pattern.compile("<text x=\"([0-9.]+)\"[^>]*>" + Pattern.quote(words) + "<")
            .matcher(picture);
    assertThat(text.find()).as(words).isTrue();
    return Double.parseDouble(text.group(1));
  }

  private Network manyToOne(RecurrentLayerSpec layer, Direction direction, Pooling pooling) {
    return Networks.manyToOne()
        .features(3)
        .recurrent(layer.direction(direction))
        .pooling(pooling)
        .classes(2)
        .seed(3)
        .build(backend);
  }

  private Network manyToMany(RecurrentLayerSpec layer) {
    return Networks.manyToMany().features(3).recurrent(layer).classes(2).seed(3).build(backend);
  }

  private static Explanation explain(Network network, int steps) {
    float[][] sequence = new float[steps][3];
    for (int t = 0; t < steps; t++) {
      sequence[t][t % 3] = 1;
    }
    try (network) {
      return Explanation.of(
          network, SequenceBatch.ofFeatures(List.<float[][]>of(sequence)), Focus.atStep(steps / 2));
    }
  }
}
