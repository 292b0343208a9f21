package org.recur4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.tensor.Shape;

class BroadcastRunsTest {
  /** Operands of the full shape [2, 3, 4], of less rank or with axes of 1. */
  static List<Shape> operands() {
    return List.of(
        Shape.of(2, 3, 4),
        Shape.of(3, 4),
        Shape.of(4),
        Shape.of(1),
        Shape.of(1, 3, 1),
        Shape.of(2, 1, 4),
        Shape.of(2, 3, 1),
        Shape.of(2, 1, 1),
        Shape.of(1, 1, 4));
  }

  @ParameterizedTest
  @MethodSource("operands")
  void findsTheElementsThatNumPyDoes(Shape first) {
    Shape full = Shape.of(2, 3, 4);
    BroadcastRuns runs = new BroadcastRuns();
    for (Shape second : operands()) {
      runs.plan(full, first, second);
      assertThat(runs.count() * runs.length()).isEqualTo(full.size());
      for (int i = 0; i < full.size(); i++) {
        int run = i / runs.length();
        int at = i % runs.length();
        assertThat(runs.firstOffset(run) + at * runs.firstStep())
            .as("element %d of %s and %s", i, first, second)
            .isEqualTo(element(i, full, first));
        assertThat(runs.secondOffset(run) + at * runs.secondStep())
            .as("element %d of %s and %s", i, first, second)
            .isEqualTo(element(i, full, second));
      }
    }
  }

  /** By the rule: axes are aligned at the last one, and an axis of 1 repeats. */
  private static int element(int index, Shape full, Shape operand) {
    int rest = index;
    int stride = 1;
    int element = 0;
    for (int axis = 1; axis <= operand.rank(); axis++) {
      int extent = operand.extent(-axis);
      element += extent == 1 ? 0 : rest % full.extent(-axis) * stride;
      stride *= extent;
      rest /= full.extent(-axis);
    }
    return element;
  }

  @ParameterizedTest
  @MethodSource("operands")
  void makesRunsAsLongAsTheyCanBe(Shape operand) {
    BroadcastRuns runs = new BroadcastRuns();
    runs.plan(operand, operand, operand);
    assertThat(runs.count()).isEqualTo(1);
    runs.plan(Shape.of(2, 3, 4), Shape.of(2, 3, 4), Shape.of(1));
    assertThat(runs.count()).as("a scalar breaks no run").isEqualTo(1);
    runs.plan(Shape.of(2, 3, 4), Shape.of(2, 3, 4), Shape.of(4));
    assertThat(runs.count()).as("a row is repeated").isEqualTo(6);
  }
}
