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

  @Test
  void theTableNamesRowsAndColumns() {
    assertThat(birds().toString().lines())
        .containsExactly(
            "is \\ said     duck    goose     swan",
            "     duck        3        1        0",
            "    goose        1        1        0",
            "     swan        0        0        0");
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
