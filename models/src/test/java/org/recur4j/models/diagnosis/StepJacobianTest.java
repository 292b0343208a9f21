package org.recur4j.models.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;

/** Against finite differences of the naive reference. */
class StepJacobianTest {
  private static final int INPUTS = 2;
  private static final int SIZE = 4;
  private static final double STEP = 1e-6;

  static Stream<RecurrentSpec> specs() {
    return Stream.of(
        RecurrentSpec.vanilla(INPUTS, SIZE).build(),
        RecurrentSpec.vanilla(INPUTS, SIZE).activation(Activation.SOFTSIGN).build(),
        RecurrentSpec.gru(INPUTS, SIZE).build(),
        RecurrentSpec.lstm(INPUTS, SIZE).build());
  }

  private static double[] random(int count, int stream) {
    double[] values = new double[count];
    new Philox(3).fillGaussian(values, 0, count, RandomStream.CUSTOM.at(stream), 0);
    return values;
  }

  private static NaiveWeights weights(RecurrentSpec spec) {
    int rows = spec.gates() * SIZE;
    return new NaiveWeights(
        random(rows * INPUTS, 0), random(rows * SIZE, 1), random(rows, 2), random(rows, 3));
  }

  private static NaiveResult step(RecurrentSpec spec, double[] h, double[] c) {
    return new NaiveRecurrence(spec, List.of(weights(spec)))
        .forward(new NaiveInput(1, 1, random(INPUTS, 4), null, h, c, null));
  }

  /** h, and c behind it. */
  private static double[] state(RecurrentSpec spec, double[] before) {
    double[] h = java.util.Arrays.copyOf(before, SIZE);
    double[] c = spec.hasCellState() ? java.util.Arrays.copyOfRange(before, SIZE, 2 * SIZE) : null;
    NaiveResult result = step(spec, h, c);
    double[] after = before.clone();
    System.arraycopy(result.lastHidden(), 0, after, 0, SIZE);
    if (c != null) {
      System.arraycopy(result.lastCell(), 0, after, SIZE, SIZE);
    }
    return after;
  }

  private static StepJacobian jacobian(RecurrentSpec spec, double[] before) {
    double[] h = java.util.Arrays.copyOf(before, SIZE);
    double[] c = spec.hasCellState() ? java.util.Arrays.copyOfRange(before, SIZE, 2 * SIZE) : null;
    NaiveResult result = step(spec, h, c);
    NaiveWeights weights = weights(spec);
    StepJacobian jacobian = new StepJacobian(spec, weights.weightHh());
    switch (spec.cell()) {
      case VANILLA -> jacobian.vanilla(result.gates(), 0);
      case LSTM -> jacobian.lstm(result.gates(), 0, result.cellStates(), 0, c);
      case GRU -> {
        double[] candidate = new double[SIZE];
        for (int j = 0; j < SIZE; j++) {
          candidate[j] = weights.biasHh()[2 * SIZE + j];
          for (int i = 0; i < SIZE; i++) {
            candidate[j] += weights.weightHh()[(2 * SIZE + j) * SIZE + i] * h[i];
          }
        }
        jacobian.gru(result.gates(), 0, h, candidate);
      }
    }
    return jacobian;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void productsAreWhatFiniteDifferencesSay(RecurrentSpec spec) {
    double[] before = random(spec.hasCellState() ? 2 * SIZE : SIZE, 5);
    StepJacobian jacobian = jacobian(spec, before);
    for (int i = 0; i < before.length; i++) {
      double[] up = before.clone();
      double[] down = before.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double[] above = state(spec, up);
      double[] below = state(spec, down);
      double[] unit = new double[before.length];
      unit[i] = 1;
      double[] column = new double[before.length];
      jacobian.times(unit, column);
      for (int j = 0; j < before.length; j++) {
        assertThat(column[j])
            .as("∂s[%d]/∂s'[%d] of %s", j, i, spec.cell())
            .isCloseTo((above[j] - below[j]) / (2 * STEP), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theTransposedIsTheTransposed(RecurrentSpec spec) {
    double[] before = random(spec.hasCellState() ? 2 * SIZE : SIZE, 5);
    StepJacobian jacobian = jacobian(spec, before);
    double[] u = random(before.length, 6);
    double[] v = random(before.length, 7);
    double[] forward = new double[before.length];
    double[] back = new double[before.length];
    jacobian.times(v, forward);
    jacobian.transposedTimes(u, back);
    double left = 0;
    double right = 0;
    for (int i = 0; i < v.length; i++) {
      left += u[i] * forward[i];
      right += v[i] * back[i];
    }
    assertThat(left).isCloseTo(right, within(1e-12));
  }

  @Test
  void powerIterationFindsTheLargestSingularValue() {
    RecurrentSpec spec = RecurrentSpec.vanilla(INPUTS, 2).activation(Activation.IDENTITY).build();
    // diag(3, 1) turned by 90 degrees: singular values 3 and 1.
    StepJacobian jacobian = new StepJacobian(spec, new double[] {0, -1, 3, 0});
    jacobian.vanilla(new double[2], 0);
    double[] v = {Math.sqrt(0.5), Math.sqrt(0.5)};
    assertThat(JacobianMeter.norm(jacobian, v, 20)).isCloseTo(3, within(1e-12));
    assertThat(v[0] * v[0]).isCloseTo(1, within(1e-12));
  }

  @Test
  void saysWhatHasNoJacobians() {
    assertThat(StepJacobian.obstacle(RecurrentSpec.lstm(1, 1).build())).isEmpty();
    assertThat(
            StepJacobian.obstacle(
                RecurrentSpec.gru(1, 1).reset(ResetVariant.BEFORE_PRODUCT).build()))
        .isEqualTo("the reset gate is applied before the product");
    assertThat(StepJacobian.obstacle(RecurrentSpec.gru(1, 1).hiddenMask(true).build()))
        .isEqualTo("recurrent dropout masks the state");
  }
}
