package org.recur4j.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.RecurrentSpec;

/** Compares the reference's gradients with central differences of its own forward. */
class NaiveRecurrenceTest {
  private static final double STEP = 1e-5;

  static List<NaiveCase> cases() {
    return NaiveCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithCentralDifferences(NaiveCase one) {
    NaiveRecurrence recurrence = new NaiveRecurrence(one.spec(), one.weights());
    NaiveGradients got =
        recurrence.backward(one.input(), one.dy(), one.dLastHidden(), one.dLastCell());
    differences(one, "x", one.input().x(), got.x());
    differences(one, "h0", one.input().initialHidden(), got.initialHidden());
    differences(one, "c0", one.input().initialCell(), got.initialCell());
    for (int d = 0; d < one.weights().size(); d++) {
      NaiveWeights weights = one.weights().get(d);
      NaiveWeights sums = got.weights().get(d);
      differences(one, "weight_ih", weights.weightIh(), sums.weightIh());
      differences(one, "weight_hh", weights.weightHh(), sums.weightHh());
      differences(one, "bias_ih", weights.biasIh(), sums.biasIh());
      differences(one, "bias_hh", weights.biasHh(), sums.biasHh());
    }
  }

  private static void differences(NaiveCase one, String name, double[] values, double[] got) {
    if (values == null) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      double kept = values[i];
      if (Double.isNaN(kept)) {
        assertThat(got[i]).as("%s[%d] in padding", name, i).isEqualTo(0.0);
        continue;
      }
      values[i] = kept + STEP;
      double above = loss(one);
      values[i] = kept - STEP;
      double below = loss(one);
      values[i] = kept;
      assertThat(got[i])
          .as("%s[%d] of %s", name, i, one)
          .isCloseTo((above - below) / (2 * STEP), within(1e-7));
    }
  }

  /** Σ dy·y + Σ dLast·last, so that its gradients are what backward gives. */
  private static double loss(NaiveCase one) {
    NaiveResult result = new NaiveRecurrence(one.spec(), one.weights()).forward(one.input());
    double sum = 0;
    for (int i = 0; i < one.dy().length; i++) {
      sum += Double.isNaN(one.dy()[i]) ? 0 : one.dy()[i] * result.y()[i];
    }
    for (int i = 0; i < one.dLastHidden().length; i++) {
      sum += one.dLastHidden()[i] * result.lastHidden()[i];
      sum += one.dLastCell() == null ? 0 : one.dLastCell()[i] * result.lastCell()[i];
    }
    return sum;
  }

  @Test
  void aVanillaStepIsWhatAPencilGives() {
    NaiveWeights weights =
        new NaiveWeights(new double[] {2}, new double[] {3}, new double[] {0.5}, null);
    RecurrentSpec spec =
        RecurrentSpec.vanilla(1, 1)
            .activation(org.recur4j.api.kernel.Activation.IDENTITY)
            .biases(org.recur4j.api.recurrent.Biases.SINGLE)
            .build();
    NaiveResult result =
        new NaiveRecurrence(spec, List.of(weights))
            .forward(new NaiveInput(2, 1, new double[] {1, -1}));
    // h1 = 2·1 + 0.5; h2 = 2·(−1) + 3·2.5 + 0.5
    assertThat(result.y()).containsExactly(2.5, 6.0);
    assertThat(result.lastHidden()).containsExactly(6.0);
  }

  @Test
  void aWeightOfTheWrongSizeIsNamed() {
    NaiveWeights weights = new NaiveWeights(new double[2], new double[1], null, null);
    assertThatThrownBy(
            () -> new NaiveRecurrence(RecurrentSpec.vanilla(1, 1).build(), List.of(weights)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "NaiveRecurrence: got 2 entries of weight_ih; expected 1."
                + " Weights are stored as PyTorch stores them.");
  }
}
