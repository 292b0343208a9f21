package org.recur4j.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.error.InvalidArgumentException;

class ActivationTest {
  static Stream<Activation> all() {
    return Stream.of(Activation.Kind.values()).map(kind -> new Activation(kind, 0.3, 0.7));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDerivativeFromTheOutputIsTheSlope(Activation function) {
    double step = 1e-6;
    for (double x : new double[] {-2.3, -1.1, -0.4, 0.05, 0.45, 1.7}) {
      double slope = (function.apply(x + step) - function.apply(x - step)) / (2 * step);
      assertThat(function.derivativeFromOutput(function.apply(x)))
          .as("%s at %s", function, x)
          .isCloseTo(slope, within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void notANumberStaysOne(Activation function) {
    assertThat(function.apply(Double.NaN)).isNaN();
  }

  @Test
  void parametersThatBreakMonotonyAreRefused() {
    assertThatThrownBy(() -> new Activation(Activation.Kind.LEAKY_RELU, -1, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("LEAKY_RELU")
        .hasMessageContaining("monotone");
    assertThatThrownBy(() -> new Activation(Activation.Kind.SCALED_TANH, 1, 0))
        .hasMessageContaining("SCALED_TANH");
  }
}
