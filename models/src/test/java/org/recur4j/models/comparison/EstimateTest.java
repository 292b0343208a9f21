package org.recur4j.models.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.random.Philox;

/** Medians, their intervals, and what may be said of two backends. */
class EstimateTest {
  private static double[] upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToDouble(i -> i).toArray();
  }

  @Test
  void theIntervalIsTheOneOfTheSignTest() {
    // Tail of 2^-5 of one value outside of five is 3.1 %, of six 1.6 %.
    assertThat(Estimate.ofMedian(upTo(5), 0.95).hasInterval()).isFalse();
    assertThat(Estimate.ofMedian(upTo(6), 0.95)).isEqualTo(new Estimate(3.5, 1, 6, 0.95, 6));
    // (1 + 9) / 2^9 is 1.95 %, with 36 more it is 9 %.
    assertThat(Estimate.ofMedian(upTo(9), 0.95)).isEqualTo(new Estimate(5, 2, 8, 0.95, 9));
    // Published tables: of 20 values the 6th and the 15th, of 50 the 18th and the 33rd.
    assertThat(Estimate.ofMedian(upTo(20), 0.95)).isEqualTo(new Estimate(10.5, 6, 15, 0.95, 20));
    assertThat(Estimate.ofMedian(upTo(50), 0.95)).isEqualTo(new Estimate(25.5, 18, 33, 0.95, 50));
  }

  @Test
  void theIntervalHoldsTheMedianAsOftenAsItSays() {
    Philox random = new Philox(7);
    int hits = 0;
    int draws = 2000;
    for (int draw = 0; draw < draws; draw++) {
      double[] values = new double[15];
      for (int i = 0; i < values.length; i++) {
        // Skewed as times are: e to the power of a number between 0 and 4; the median is e².
        values[i] = Math.exp(4 * random.uniform(0, draw, i));
      }
      Estimate estimate = Estimate.ofMedian(values, 0.95);
      hits += estimate.low() <= Math.exp(2) && Math.exp(2) <= estimate.high() ? 1 : 0;
    }
    // The true share is 96.5 %: 15 values allow no closer interval.
    assertThat((double) hits / draws).isCloseTo(0.965, within(0.015));
  }

  @Test
  void thousandsOfValuesDoNotUnderflow() {
    Estimate estimate = Estimate.ofMedian(upTo(5001), 0.95);
    // The normal approximation: 2501 ± 1.96 · √5001 / 2.
    assertThat(estimate.low()).isCloseTo(2501 - 69.3, within(2.0));
    assertThat(estimate.high()).isCloseTo(2501 + 69.3, within(2.0));
  }

  @Test
  void refusesWhatHasNoMedian() {
    assertThatThrownBy(() -> Estimate.ofMedian(new double[0], 0.95))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> Estimate.ofMedian(new double[] {1, Double.NaN}, 0.95))
        .hasMessageContaining("NaN among the values");
    assertThatThrownBy(() -> Estimate.ofMedian(new double[] {1}, 1))
        .hasMessageContaining("a confidence of 1.0");
  }

  @Test
  void saysWhoIsFasterOnlyWhereTheIntervalLeavesOneOut() {
    double[] one = {1, 1.1, 0.9, 1, 1.05, 0.95, 1};
    double[] twice = Arrays.stream(one).map(x -> 2 * x).toArray();
    double[] noisy = {1.2, 0.8, 1.1, 0.9, 1.3, 0.7, 1};
    assertThat(PairwiseRatio.of("a", one, "b", twice, 0.95).outcome())
        .isEqualTo(PairwiseRatio.Outcome.FIRST);
    assertThat(PairwiseRatio.of("a", one, "b", twice, 0.95))
        .hasToString(
            "a is 2.00 times as fast as b (a : b = 0.50, 95 % interval 0.50 to 0.50, 7 rounds)");
    assertThat(PairwiseRatio.of("a", twice, "b", one, 0.95).outcome())
        .isEqualTo(PairwiseRatio.Outcome.SECOND);
    assertThat(PairwiseRatio.of("a", twice, "b", one, 0.95).toString())
        .startsWith("b is 2.00 times as fast as a");
    assertThat(PairwiseRatio.of("a", noisy, "b", one, 0.95).outcome())
        .isEqualTo(PairwiseRatio.Outcome.NO_SIGNIFICANT_DIFFERENCE);
    assertThat(PairwiseRatio.of("a", noisy, "b", one, 0.95).toString())
        .startsWith("no significant difference (a : b = ");
    assertThat(PairwiseRatio.of("a", new double[] {1}, "b", new double[] {2}, 0.95).toString())
        .startsWith("too few rounds to decide (a : b = 0.50, 1 rounds");
  }

  @Test
  void ratiosAreTakenWithinRounds() {
    // The machine slows down by a factor of ten half-way: every round says the same nevertheless.
    double[] first = {1, 1, 1, 10, 10, 10};
    double[] second = {1.1, 1.1, 1.1, 11, 11, 11};
    assertThat(PairwiseRatio.of("a", first, "b", second, 0.95).outcome())
        .isEqualTo(PairwiseRatio.Outcome.FIRST);
    assertThatThrownBy(() -> PairwiseRatio.of("a", first, "b", new double[5], 0.95))
        .hasMessageContaining("6 and 5 rounds");
  }

  @Test
  void theFastestIsFasterWithinRoundsWhateverTheMediansSay() {
    // In each round but one the first needs less; its median is larger nevertheless.
    double[] first = {1, 2, 3, 4, 5, 6, 9};
    double[] second = {1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 1};
    List<double[]> rounds = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      rounds.add(new double[] {first[i]});
      others.add(new double[] {second[i]});
    }
    List<PairwiseRatio> contrasts =
        Ranking.contrasts(
            List.of("b", "a"), List.of(new Durations(others), new Durations(rounds)), 0.95);
    assertThat(new Durations(rounds).typical(0.95).value())
        .isGreaterThan(new Durations(others).typical(0.95).value());
    assertThat(contrasts.get(0).first()).isEqualTo("a");
    assertThat(contrasts.get(0).ratio().value()).isLessThan(1);
  }

  @Test
  void severalStatementsShareTheError() {
    Durations slow = new Durations(Collections.nCopies(9, new double[] {3}));
    Durations fast = new Durations(Collections.nCopies(9, new double[] {1}));
    Durations middle = new Durations(Collections.nCopies(9, new double[] {2}));
    List<PairwiseRatio> contrasts =
        Ranking.contrasts(List.of("a", "b", "c"), List.of(slow, fast, middle), 0.95);
    assertThat(contrasts).extracting(PairwiseRatio::first).containsExactly("b", "b");
    assertThat(contrasts).extracting(PairwiseRatio::second).containsExactly("a", "c");
    assertThat(contrasts)
        .allSatisfy(c -> assertThat(c.ratio().confidence()).isCloseTo(0.975, within(1e-12)));
    assertThat(contrasts.get(0).toString()).startsWith("b is 3.00 times").contains("97.5 %");
    assertThat(Ranking.contrasts(List.of("a"), List.of(slow), 0.95)).isEmpty();
  }

  @Test
  void aRoundCountsOnceHoweverManyTimesItHas() {
    Durations durations = new Durations(List.of(new double[] {3, 1, 2}, new double[] {9}));
    assertThat(durations.medians()).containsExactly(2, 9);
    assertThat(durations.count()).isEqualTo(4);
    assertThat(durations.percentile(50)).isEqualTo(2);
    assertThat(durations.percentile(99)).isEqualTo(9);
    assertThat(durations.typical(0.95).value()).isEqualTo(5.5);
    assertThatThrownBy(() -> new Durations(List.of())).hasMessageContaining("no round");
  }
}
