package org.recur4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recur4j.api.recurrent.Precision;

class SamplesTest {
  @Test
  void percentilesAreTimesThatWereMeasured() {
    Samples samples = new Samples();
    for (int time : new int[] {50, 10, 40, 20, 30}) {
      samples.add(time);
    }
    assertThat(samples.percentile(50)).isEqualTo(30);
    assertThat(samples.percentile(10)).isEqualTo(10);
    assertThat(samples.percentile(99)).isEqualTo(50);
    assertThat(samples.count()).isEqualTo(5);
  }

  @Test
  void aLineHasFourDigitsThatCount() {
    Result result =
        new Result(
            Workload.W6a,
            "ejml",
            2,
            Precision.INT8,
            0.00123456,
            2.83312,
            0.0123456,
            1234.5,
            20,
            0,
            false,
            0.5544,
            "flops");
    assertThat(result.line())
        .isEqualTo(
            "peer=recur4j-ejml workload=W6a threads=2 median_ms=2.833 p10_ms=0.01235 p99_ms=1235"
                + " n=20 floor_ms=0.5544 ratio=5.110 floor=flops precision=int8 max_difference=0.001235"
                + " heap_bytes=0 warm=no");
  }
}
