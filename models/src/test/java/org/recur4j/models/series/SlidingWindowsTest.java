package org.recur4j.models.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;

class SlidingWindowsTest {
  /** Step t holds t and −t. */
  private static float[][] series(int steps) {
    float[][] series = new float[steps][];
    for (int t = 0; t < steps; t++) {
      series[t] = new float[] {t, -t};
    }
    return series;
  }

  private static float[][] single(int steps) {
    float[][] series = new float[steps][];
    for (int t = 0; t < steps; t++) {
      series[t] = new float[] {100 + t};
    }
    return series;
  }

  @Property(seed = "1", tries = 300)
  void targetsFollowInputsAndNothingIsLeftOut(
      @ForAll @IntRange(min = 1, max = 9) int input,
      @ForAll @IntRange(min = 1, max = 9) int horizon,
      @ForAll @IntRange(min = 1, max = 9) int stride,
      @ForAll @IntRange(min = 0, max = 30) int more) {
    int steps = input + horizon + more;
    SlidingWindows windows = new SlidingWindows(input, horizon, stride);
    List<Window> all = windows.over(series(steps));
    assertThat(all).hasSize(windows.count(steps));
    int begin = 0;
    for (Window window : all) {
      assertThat(window.start()).isEqualTo(begin);
      assertThat(window.input().length).isEqualTo(input);
      assertThat(window.target().length).isEqualTo(horizon);
      for (int t = 0; t < input; t++) {
        assertThat(window.input()[t][0]).isEqualTo(begin + t);
      }
      for (int t = 0; t < horizon; t++) {
        assertThat(window.target()[t][1]).isEqualTo(-(begin + input + t));
      }
      begin += stride;
    }
    assertThat(begin + input + horizon).as("room for one more").isGreaterThan(steps);
  }

  @Property(seed = "2", tries = 100)
  void alignedTargetsAreTheHorizonLater(
      @ForAll @IntRange(min = 1, max = 9) int input,
      @ForAll @IntRange(min = 1, max = 9) int horizon) {
    int steps = input + horizon + 3;
    List<Window> all = SlidingWindows.of(input, horizon).aligned(series(steps), single(steps));
    assertThat(all).hasSize(4);
    for (Window window : all) {
      assertThat(window.target().length).isEqualTo(input);
      for (int t = 0; t < input; t++) {
        assertThat(window.target()[t][0]).isEqualTo(100 + window.input()[t][0] + horizon);
      }
    }
  }

  @Test
  void targetsMayBeOtherFeaturesAndOneVector() {
    Window window = SlidingWindows.of(2, 3).over(series(5), single(5)).get(0);
    assertThat(window.input()).isDeepEqualTo(new float[][] {{0, 0}, {1, -1}});
    assertThat(window.flatTarget()).containsExactly(102, 103, 104);
    assertThat(SlidingWindows.of(1, 2).over(series(3)).get(0).flatTarget())
        .containsExactly(1, -1, 2, -2);
  }

  @Test
  void whatGivesNoWindowIsRefused() {
    SlidingWindows windows = SlidingWindows.of(3, 2);
    assertThat(windows.count(4)).isZero();
    assertThat(windows.count(0)).isZero();
    assertThat(windows.count(5)).isEqualTo(1);
    assertThatThrownBy(() -> windows.over(series(4)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("a series of 4 steps")
        .hasMessageContaining("at least 5")
        .hasMessageContaining("shorten the window");
    assertThatThrownBy(() -> windows.over(series(6), single(5)))
        .hasMessageContaining("6 steps of inputs, 5 of targets");
    float[][] gap = series(6);
    gap[5][0] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> windows.over(gap))
        .hasMessageContaining("Infinity at step 5, feature 0")
        .hasMessageContaining("cut the series there");
    assertThatThrownBy(() -> new SlidingWindows(1, 0, 1)).hasMessageContaining("horizon 0");
  }
}
