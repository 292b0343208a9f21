package org.recur4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.recurrent.Precision;

/** Floors, and what must be refused because it cannot be. */
class CeilingTest {
  private static final double PEAK = 100;

  /** Hundred operations and so many bytes a nanosecond, but for one lucky probe in ten. */
  private static Ceiling ceiling(double bandwidth) {
    return new Ceiling(
        new PeakProbe() {
          private int calls;

          @Override
          public String description() {
            return "a made-up probe";
          }

          @Override
          public double fusedMultiplyAdds() {
            return calls++ % 10 == 9 ? PEAK : PEAK / 2;
          }

          @Override
          public double readBandwidth(long bytes) {
            return bandwidth;
          }
        });
  }

  private static Result result(double median, double floor) {
    return new Result(
        Workload.W1,
        "ejml",
        1,
        Precision.FULL,
        0,
        median,
        median,
        median,
        20,
        0,
        true,
        floor,
        "flops");
  }

  @Test
  void theBestProbeCounts() {
    assertThat(ceiling(1).peak()).isEqualTo(PEAK);
  }

  @Test
  void operationsBoundABatchAndThreadsShareThem() {
    Ceiling ceiling = ceiling(1);
    assertThat(ceiling.floor(Workload.W1, Precision.FULL, 1).nanoseconds())
        .isEqualTo(Workload.W1.flops() / PEAK);
    assertThat(ceiling.floor(Workload.W1, Precision.FULL, 2).nanoseconds())
        .isEqualTo(Workload.W1.flops() / PEAK / 2);
    assertThat(ceiling.floor(Workload.W1, Precision.FULL, 1).bound()).isEqualTo("flops");
  }

  @Test
  void readingWeightsBoundsAStepOfOneRow() {
    Ceiling.Floor floor = ceiling(50).floor(Workload.W5, Precision.FULL, 1);
    assertThat(floor.bound()).isEqualTo("bandwidth");
    assertThat(floor.nanoseconds()).isEqualTo(Workload.W5.weightBytes(Precision.FULL) / 50.0);
  }

  @Test
  void smallerNumbersAreReadSooner() {
    assertThat(Workload.W5.weightBytes(Precision.INT8))
        .isEqualTo(Workload.W5.weightBytes(Precision.FULL) / 4);
    assertThat(ceiling(50).floor(Workload.W5, Precision.BF16, 1).nanoseconds())
        .isEqualTo(ceiling(50).floor(Workload.W5, Precision.FULL, 1).nanoseconds() / 2);
  }

  @Test
  void whereNobodyKnowsTheBandwidthOperationsRemain() {
    Ceiling.Floor floor = ceiling(Double.POSITIVE_INFINITY).floor(Workload.W5, Precision.FULL, 1);
    assertThat(floor.bound()).isEqualTo("flops");
    assertThat(floor.nanoseconds()).isEqualTo(Workload.W5.flops() / PEAK);
  }

  @Test
  void aProductAboveThePeakIsRefused() {
    Ceiling ceiling = ceiling(1);
    ceiling.sawProduct("a product of somebody", PEAK - 1);
    assertThatCode(() -> ceiling.check(result(2, 1))).doesNotThrowAnyException();
    ceiling.sawProduct("a product of somebody", PEAK + 1);
    assertThatThrownBy(() -> ceiling.check(result(2, 1)))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("a peak of 100.0 GFLOP/s a core, but 101.0 in a product of somebody")
        .hasMessageContaining("a made-up probe")
        .hasMessageContaining("The probe is broken");
  }

  @Test
  void aTimeBelowTheFloorIsRefused() {
    assertThatThrownBy(() -> ceiling(1).check(result(0.9, 1)))
        .isInstanceOf(RecurException.class)
        .hasMessageContaining("a ratio below 1 in 'peer=recur4j-ejml workload=W1");
  }

  @Test
  void withoutAFloorNothingIsRefused() {
    Result device =
        new Result(
            Workload.W1, "cuda", 1, Precision.FULL, 0, 0.1, 0.1, 0.1, 20, 0, true, Double.NaN, "");
    assertThatCode(() -> ceiling(1).check(device)).doesNotThrowAnyException();
    assertThat(device.line()).doesNotContain("floor").doesNotContain("ratio");
    assertThat(device.row()).containsEntry("floor_ms", null).containsEntry("ratio", null);
  }

  @Test
  void theRealProbesMeasureSomething() {
    for (PeakProbe probe : new PeakProbe[] {new PlainPeak(), PeakProbe.best()}) {
      assertThat(probe.fusedMultiplyAdds()).as(probe.description()).isPositive().isFinite();
      assertThat(probe.readBandwidth(1 << 20)).as(probe.description()).isPositive();
    }
  }
}
