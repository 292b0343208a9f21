package org.recur4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Precision;

/** The shapes are the ones everybody else was measured with. */
class WorkloadTest {
  /** The published table's figures, in MFLOP. */
  @ParameterizedTest
  @CsvSource({
    "W1, 315, 839",
    "W2, 13623, 40869",
    "W3, 577, 1625",
    "W4, 471, 1260",
    "W4L, 625, 1669",
    "W7, 0.4, 1.15",
    "W5, 0.66, 0.66",
    "W6a, 66, 66",
    "W6b, 4194, 4194",
    "W3F, 524, 524",
    "W4F, 461, 461"
  })
  void operationsAreThoseOfTheTable(Workload workload, double forward, double timed) {
    assertThat(rounded(workload.forwardFlops(), forward)).isEqualTo(forward);
    assertThat(rounded(workload.flops(), timed)).isEqualTo(timed);
  }

  /** To as many decimals as the table has. */
  private static double rounded(long flops, double like) {
    double unit = like >= 10 ? 1 : like == 0.4 ? 0.1 : 0.01;
    return Math.round(Math.round(flops * 1e-6 / unit) * unit * 100) / 100.0;
  }

  @Test
  void aStepOfOneRowReadsEveryRecurrentWeight() {
    assertThat(Workload.W5.weightBytes(Precision.FULL)).isEqualTo(4L * 4 * 256 * (64 + 256));
  }

  @Test
  void namesAreFoundWhateverTheirCase() {
    assertThat(Workload.named(List.of("w6A", " W7"))).containsExactly(Workload.W6a, Workload.W7);
  }

  @Test
  void anUnknownNameIsToldWhichThereAre() {
    assertThatThrownBy(() -> Workload.named(List.of("W9")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("'W9'")
        .hasMessageContaining("W1, W2")
        .hasMessageContaining("--workload");
  }

  @Test
  void everyWorkloadHasALabelForEveryAnswer() {
    Arrays.stream(Workload.values())
        .filter(workload -> workload.task() == Workload.Task.TRAINING)
        .forEach(
            workload -> {
              PreparedBatch batch = PreparedBatch.of(workload);
              int answers = workload.batch() * (workload.answersEveryStep() ? workload.steps() : 1);
              assertThat(batch.target().answers()).as(workload.name()).isEqualTo(answers);
              assertThat(batch.sequences().lengths().total())
                  .isEqualTo((long) workload.batch() * workload.steps());
            });
  }
}
