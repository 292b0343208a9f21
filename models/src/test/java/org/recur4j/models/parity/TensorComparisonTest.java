package org.recur4j.models.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;

class TensorComparisonTest {
  private static final double BOUND = 1e-6;
  private static final int STEPS = 3;
  private static final int BATCH = 2;

  private static TensorComparison compare(Axes axes, double[] got, double... want) {
    return new TensorComparison(
        new Quantity("layer", "numbers", axes, got),
        new Quantity("layer", "numbers", axes, want),
        new Bound(ParityPhase.FORWARD, BOUND, 1),
        DataType.FLOAT32);
  }

  private static Axes vector(int size) {
    return new Axes.Plain(Shape.of(size), 1, Axes.BEFORE);
  }

  @Test
  void differencesAreMeasuredInTheElementsOwnLastPlace() {
    double near = Math.nextUp(Math.nextUp(0.25f));
    TensorDifference one = compare(vector(2), new double[] {near, 4}, 0.25, 4).difference();
    assertThat(one.ulps()).isEqualTo(2);
    assertThat(one.absolute()).isEqualTo(near - 0.25);
    assertThat(one.ulpsOfLargest()).isEqualTo((near - 0.25) / Math.ulp(4f));
    assertThat(one.relative()).isEqualTo((near - 0.25) / 0.25);
    assertThat(one.scale()).isEqualTo(4);
    assertThat(one.share()).isCloseTo((near - 0.25) / (4 * BOUND), within(1e-12));
    assertThat(one.beyond()).isZero();
    assertThat(one.elements()).isEqualTo(2);
  }

  @Test
  void whatIsSmallerThanRoundingIsMeasuredAgainstRounding() {
    TensorDifference one = compare(vector(2), new double[] {1e-20, 1}, 0, 1).difference();
    assertThat(one.relative()).isEqualTo(1e-20 / Math.ulp(1f));
    assertThat(one.ulps()).isLessThan(1e-5);
  }

  @Test
  void whatIsNoNumberIsInfinitelyFarAway() {
    TensorComparison one = compare(vector(3), new double[] {1, Double.NaN, 3}, 1, 2, 3);
    assertThat(one.diverges()).isTrue();
    assertThat(one.difference().absolute()).isInfinite();
    assertThat(one.divergence(1, 1).place().unit()).isEqualTo(1);
    assertThat(one.divergence(1, 1).hint()).startsWith("Not a finite number");
    double[] both = {Double.NaN, Double.POSITIVE_INFINITY};
    assertThat(compare(vector(2), both.clone(), both).diverges()).isFalse();
  }

  @Test
  void smallGradientsAreHeldToTheUnitThatTheLossSends() {
    Bound small = new Bound(ParityPhase.BACKWARD, BOUND, 1e-4);
    assertThat(small.of(1e-9)).isEqualTo(BOUND * 1e-4);
    assertThat(small.of(1e-2)).isEqualTo(BOUND * 1e-2);
    assertThat(new Bound(ParityPhase.BACKWARD, BOUND, 0).of(0)).isEqualTo(Double.MIN_NORMAL);
  }

  @Test
  void theReverseDirectionBeginsAtEachRowsOwnLastStep() {
    RecurrentSpec spec = RecurrentSpec.vanilla(1, 1).direction(Direction.REVERSE).build();
    Axes axes =
        new Axes.Series(spec, Lengths.of(STEPS, STEPS, 2), List.of(""), Axes.Series.HIDDEN, false);
    // Row 0 is walked 2, 1, 0 and row 1 is walked 1, 0: element is step · BATCH + row.
    assertThat(axes.moment(2 * BATCH)).isZero();
    assertThat(axes.moment(BATCH + 1)).isZero();
    assertThat(axes.moment(BATCH)).isEqualTo(1);
    assertThat(axes.moment(1)).isEqualTo(1);
    assertThat(axes.moment(0)).isEqualTo(2);
    assertThat(axes.moment(2 * BATCH + 1)).as("past the end").isEqualTo(STEPS);
    double[] got = {9, 8, 9, 0, 0, 0};
    Divergence first = compare(axes, got, new double[6]).divergence(1, 1);
    assertThat(first.place()).isEqualTo(new ElementPosition("reverse", 1, "", 0, 0, -1));
    assertThat(first.gates()).isEmpty();
  }

  @Test
  void theWayBackMeetsTheLastStepFirst() {
    RecurrentSpec spec = RecurrentSpec.gru(1, 1).build();
    Axes axes = new Axes.Series(spec, Lengths.of(STEPS, STEPS, 2), List.of(""), 0, true);
    double[] got = {9, 9, 9, 9, 0, 0};
    Divergence first = compare(axes, got, new double[6]).divergence(1, 1);
    assertThat(first.place())
        .as("row 1 begins its way back at its step 1")
        .isEqualTo(new ElementPosition("forward", 1, "", 1, 0, -1));
  }

  @Test
  void exchangedBlocksOfWeightsAreRecognisedAndNamed() {
    Axes axes = new Axes.Weights(List.of("r", "z", "n"), Shape.of(6, 2));
    double[] want = {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0};
    double[] got = {5, 6, 7, 8, 1, 2, 3, 4, 0, 0, 0, 0};
    Divergence first = compare(axes, got, want).divergence(1, 1);
    assertThat(first.gates()).containsExactly("r", "z");
    assertThat(first.place()).isEqualTo(new ElementPosition("", -1, "r", -1, 0, 0));
    assertThat(first.hint())
        .isEqualTo("Gates r and z look exchanged: each has the values expected of the other");
    double[] oneWrong = got.clone();
    oneWrong[0] = 55;
    assertThat(compare(axes, oneWrong, want).divergence(1, 1).hint()).isEmpty();
    double[] otherWrong = got.clone();
    otherWrong[4] = 55;
    assertThat(compare(axes, otherWrong, want).divergence(1, 1).hint()).isEmpty();
  }

  @Test
  void tensorsBetweenLayersHaveStepRowAndUnitWhereTheirShapeSaysSo() {
    Axes series = new Axes.Plain(Shape.of(STEPS, BATCH, 5), BATCH, Axes.BEFORE);
    assertThat(series.place(2 * BATCH * 5 + 5 + 3))
        .isEqualTo(new ElementPosition("", 2, "", 1, 3, -1));
    Axes folded = new Axes.Plain(Shape.of(BATCH, 5), BATCH, Axes.BEFORE);
    assertThat(folded.place(5 + 4).toString()).isEqualTo("batch row 1, unit 4");
    Axes other = new Axes.Plain(Shape.of(7, 5), BATCH, Axes.BEFORE);
    assertThat(other.place(11)).isEqualTo(new ElementPosition("", -1, "", -1, 11, -1));
  }
}
