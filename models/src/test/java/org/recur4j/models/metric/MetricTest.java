package org.recur4j.models.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;

class MetricTest {
  private static final double EXACT = 1e-12;

  /** 3 of 4 ducks found, 1 of 2 geese; swans never seen and never said. */
  private static ConfusionMatrix birds() {
    ConfusionMatrix birds = new ConfusionMatrix(List.of("duck", "goose", "swan"));
    birds.add(0, 0);
    birds.add(0, 0);
    birds.add(0, 0);
    birds.add(0, 1);
    birds.add(1, 1);
    birds.add(1, 0);
    return birds;
  }

  @Test
  void sharesFollowFromTheCounts() {
    ConfusionMatrix birds = birds();
    assertThat(birds.total()).isEqualTo(6);
    assertThat(birds.accuracy()).isCloseTo(4.0 / 6, within(EXACT));
    assertThat(birds.precision(0)).isCloseTo(3.0 / 4, within(EXACT));
    assertThat(birds.recall(1)).isCloseTo(1.0 / 2, within(EXACT));
    assertThat(birds.precision(1)).isCloseTo(1.0 / 2, within(EXACT));
    assertThat(birds.f1(2)).isZero();
    assertThat(birds.macroF1()).isCloseTo((0.75 + 0.5 + 0) / 3, within(EXACT));
  }

  /** Precision 3/4, 1/2, 0; recall 3/4, 1/2, 0. */
  @Test
  void meansOverClassesAndOverAnswers() {
    ConfusionMatrix birds = birds();
    assertThat(birds.macroPrecision()).isCloseTo((0.75 + 0.5 + 0) / 3, within(EXACT));
    assertThat(birds.macroRecall()).isCloseTo((0.75 + 0.5 + 0) / 3, within(EXACT));
    assertThat(birds.microF1()).isCloseTo(4.0 / 6, within(EXACT));
    birds.add(1, 0);
    assertThat(birds.macroPrecision()).isCloseTo((3.0 / 5 + 1.0 / 2) / 3, within(EXACT));
    assertThat(birds.macroRecall()).isCloseTo((3.0 / 4 + 1.0 / 3) / 3, within(EXACT));
  }

  /** Label 0: found 2, missed 1; label 1: found 1, invented 1; label 2: never there. */
  @Test
  void labelsThatDoNotExcludeEachOther() {
    LabelCounts counts = new LabelCounts(3);
    counts.add(new float[] {1, 1, 0}, new float[] {0.9f, 0.6f, 0.1f});
    counts.add(new float[] {1, 0, 0}, new float[] {0.4f, 0.7f, 0.5f});
    counts.add(new float[] {1, 0, 0}, new float[] {0.8f, 0.2f, 0});
    assertThat(counts.precision(0)).isEqualTo(1);
    assertThat(counts.recall(0)).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(counts.precision(1)).isEqualTo(0.5);
    assertThat(counts.recall(1)).isEqualTo(1);
    assertThat(counts.f1(0)).isCloseTo(0.8, within(EXACT));
    assertThat(counts.f1(1)).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(counts.f1(2)).isZero();
    assertThat(counts.macroF1()).isCloseTo((0.8 + 2.0 / 3 + 0) / 3, within(EXACT));
    assertThat(counts.microPrecision()).isEqualTo(0.75);
    assertThat(counts.microRecall()).isEqualTo(0.75);
    assertThat(counts.microF1()).isEqualTo(0.75);
    assertThat(counts.accuracy()).isEqualTo(3.0 / 5);
    assertThat(counts.exactMatch()).isCloseTo(2.0 / 3, within(EXACT));
    assertThatThrownBy(() -> counts.add(new float[2], new float[3]))
        .hasMessageContaining("2 labels and 3 probabilities");
    assertThatThrownBy(() -> new LabelCounts(0)).hasMessageContaining("0 labels");
  }

  @Test
  void theTableNamesRowsAndColumns() {
    assertThat(birds().toString().lines())
        .containsExactly(
            "true \\ predicted            duck           goose            swan",
            "            duck               3               1               0",
            "           goose               1               1               0",
            "            swan               0               0               0");
  }

  @Test
  void anUnknownClassIsRefused() {
    assertThatThrownBy(() -> birds().add(0, 3))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("predicted class 3")
        .hasMessageContaining("[0, 3)");
    assertThatThrownBy(() -> new ConfusionMatrix(List.of())).hasMessageContaining("no classes");
  }

  @Test
  void errorsOfNumbers() {
    RegressionErrors errors = new RegressionErrors();
    errors.add(1, 4);
    errors.add(2, -2);
    assertThat(errors.count()).isEqualTo(2);
    assertThat(errors.meanAbsolute()).isCloseTo(3.5, within(EXACT));
    assertThat(errors.rootMeanSquare()).isCloseTo(Math.sqrt((9 + 16) / 2.0), within(EXACT));
  }
}
