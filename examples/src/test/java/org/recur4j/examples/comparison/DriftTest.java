package org.recur4j.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recur4j.models.comparison.Estimate;
import org.recur4j.models.comparison.Trend;

/** What is said of figures that were still falling. */
class DriftTest {
  private static Trend trend(double... rounds) {
    return Trend.of(rounds, 0.95);
  }

  @Test
  void aFallingFigureIsDoubtedWithAdvice() {
    Trend falling = trend(4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3);
    Drift drift = Drift.of(Measures.STEP, "ejml", falling, "--steps").orElseThrow();
    assertThat(drift.caveat())
        .startsWith("ejml was still getting faster (training step): later rounds took 0.75")
        .contains("(0.75 to 0.75)", "may change", "measure for longer, with --steps.");
    assertThat(drift.note()).startsWith("still getting faster: later rounds took 0.75");
    assertThat(Drift.of(Measures.STEP, "ejml", trend(3, 3, 3, 3, 3, 3, 3, 3), "")).isEmpty();
  }

  @Test
  void aPointOfASweepSaysWhoWasFalling() {
    Judgment alone = Judgment.of(Measures.STEP, List.of("ejml"), List.of());
    Estimate step = Estimate.ofMedian(new double[] {1}, 0.95);
    assertThat(
            new Sweep.Point(Map.of("hidden", 4), Map.of("ejml", step), alone, List.of("ejml"))
                .text())
        .isEqualTo("ejml; still getting faster: ejml");
    assertThat(new Sweep.Point(Map.of("hidden", 4), Map.of("ejml", step), alone, List.of()).text())
        .isEqualTo("ejml");
  }
}
