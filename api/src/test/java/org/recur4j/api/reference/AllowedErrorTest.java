package org.recur4j.api.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recur4j.api.tensor.DataType;

/** Calibrated once: whoever moves a bound moves what every backend promises. */
class AllowedErrorTest {
  @Test
  void theBoundsAreThoseOfTheContract() {
    assertThat(AllowedError.forward(DataType.FLOAT32)).isEqualTo(5e-6);
    assertThat(AllowedError.gradient(DataType.FLOAT32)).isEqualTo(2e-5);
    assertThat(AllowedError.forward(DataType.FLOAT64)).isEqualTo(1e-10);
    assertThat(AllowedError.gradient(DataType.FLOAT64)).isEqualTo(1e-10);
  }
}
