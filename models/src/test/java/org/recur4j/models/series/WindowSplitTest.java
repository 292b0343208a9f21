package org.recur4j.models.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that share steps with each other never stand in both parts. */
class WindowSplitTest {
  /** Every step holds its own number. */
  private static float[][] series(int steps) {
    float[][] series = new float[steps][1];
    for (int t = 0; t < steps; t++) {
      series[t][0] = t;
    }
    return series;
  }

  private static Set<Float> steps(List<Window> windows) {
    Set<Float> steps = new TreeSet<>();
    for (Window window : windows) {
      for (float[] step : window.input()) {
        steps.add(step[0]);
      }
      for (float[] step : window.target()) {
        steps.add(step[0]);
      }
    }
    return steps;
  }

  @ParameterizedTest
  @CsvSource({
    "60, 5, 3, 1, 0.2",
    "60, 5, 3, 2, 0.5",
    "60, 1, 1, 1, 0.3",
    "61, 4, 2, 7, 0.25",
    "100, 12, 1, 5, 0.1",
    "40, 1, 9, 3, 0.4"
  })
  void noStepOfAValidationWindowIsInATrainingWindow(
      int steps, int input, int horizon, int stride, double fraction) {
    SlidingWindows sliding = new SlidingWindows(input, horizon, stride);
    for (List<Window> windows :
        List.of(sliding.over(series(steps)), sliding.aligned(series(steps), series(steps)))) {
      WindowSplit split = sliding.split(windows, fraction);
      assertThat(steps(split.training())).doesNotContainAnyElementsOf(steps(split.validation()));
      int validation = (int) Math.round(fraction * windows.size());
      assertThat(split.validation())
          .isEqualTo(windows.subList(windows.size() - validation, windows.size()));
      // As many as possible: the next window would share a step with the validation part.
      int kept = split.training().size();
      assertThat(split.training()).isNotEmpty().isEqualTo(windows.subList(0, kept));
      assertThat(windows.get(kept).start() + input + horizon)
          .isGreaterThan(split.validation().get(0).start());
    }
  }

  @Test
  void atStrideOneTheGapIsAsLongAsAWindowLessOneStep() {
    SlidingWindows sliding = SlidingWindows.of(3, 2);
    WindowSplit split = sliding.split(sliding.over(series(34)), 1.0 / 3);
    assertThat(split.validation()).hasSize(10);
    assertThat(split.training()).hasSize(30 - 10 - (3 + 2 - 1));
  }

  @Test
  void refusesWhatCannotBeDivided() {
    SlidingWindows sliding = SlidingWindows.of(3, 2);
    List<Window> windows = sliding.over(series(34));
    for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> sliding.split(windows, fraction))
          .hasMessageContainingAll("validation fraction " + fraction, "above 0 and below 1");
    }
    assertThatThrownBy(() -> sliding.split(windows, 0.001))
        .hasMessageContainingAll("30 windows of 5 steps, 0 of them for validation");
    assertThatThrownBy(() -> sliding.split(windows, 0.9))
        .hasMessageContainingAll("27 of them for validation", "at least one for each part");
    assertThatThrownBy(() -> sliding.split(List.of(), 0.5)).hasMessageContaining("0 windows");
    List<Window> backwards = new ArrayList<>(windows);
    Collections.reverse(backwards);
    assertThatThrownBy(() -> sliding.split(backwards, 0.2))
        .hasMessageContainingAll("starts at step 28 after one that starts at step 29", "mixing");
  }
}
