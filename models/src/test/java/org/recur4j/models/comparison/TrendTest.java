package org.recur4j.models.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recur4j.api.random.Philox;

/** Whether rounds were still getting faster. */
class TrendTest {
  private static boolean falls(double... rounds) {
    return Trend.of(rounds, 0.95).isFalling();
  }

  @Test
  void roundsThatCompileOnAreSeen() {
    double[] rounds = IntStream.range(0, 23).mapToDouble(i -> 1 + Math.exp(-i / 6.0)).toArray();
    Trend trend = Trend.of(rounds, 0.95);
    assertThat(trend.isFalling()).isTrue();
    // The pairs are 12 rounds apart; the one in the middle has no partner.
    assertThat(trend.ratio().count()).isEqualTo(11);
    double first = rounds[12] / rounds[0];
    double last = rounds[22] / rounds[10];
    assertThat(trend.largest()).isCloseTo(Math.max(first, last), within(1e-12));
    assertThat(trend.ratio().value()).isCloseTo(rounds[17] / rounds[5], within(1e-12));
    assertThat(trend.toString())
        .matches("later rounds took 0\\.[0-9]{2} .* \\(0\\..* to 0\\..*\\)");
    assertThat(
            new Durations(Arrays.stream(rounds).mapToObj(r -> new double[] {r}).toList())
                .trend(0.95))
        .isEqualTo(trend);
  }

  @Test
  void whatIsSteadyOrSlowingIsNot() {
    assertThat(falls(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isFalse();
    assertThat(falls(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)).isFalse();
    // All later rounds are faster, but by four in a hundred.
    double[] hardly = new double[12];
    Arrays.setAll(hardly, i -> i < 6 ? 1 : 0.96);
    assertThat(falls(hardly)).isFalse();
    // Half are faster by far, half are slower: 1 is in the interval.
    assertThat(falls(1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 1.1, 1.1)).isFalse();
  }

  @Test
  void fewRoundsHaveToAgree() {
    assertThat(falls(2, 1)).as("one pair").isFalse();
    assertThat(falls(4, 4, 4, 2, 2, 2)).as("three pairs").isFalse();
    assertThat(falls(4, 4, 4, 4, 2, 2, 2, 2)).as("four pairs").isTrue();
    assertThat(falls(4, 4, 4, 4, 2, 2, 2, 5)).as("one of four is slower").isFalse();
    Trend none = Trend.of(new double[] {3}, 0.95);
    assertThat(none.isFalling()).isFalse();
    assertThat(none.ratio().value()).isEqualTo(1);
    assertThat(none.toString()).isEqualTo("later rounds took 1.00 of the time of earlier ones");
  }

  @Test
  void noiseIsSeldomTakenForATrend() {
    Philox random = new Philox(3);
    int seen = 0;
    int draws = 1000;
    for (int draw = 0; draw < draws; draw++) {
      double[] rounds = new double[24];
      for (int i = 0; i < rounds.length; i++) {
        rounds[i] = Math.exp(random.uniform(0, draw, i));
      }
      seen += falls(rounds) ? 1 : 0;
    }
    // One-sided, twelve pairs: (1 + 12 + 66) / 2^12 is 1.9 %, less what is below the tolerated.
    assertThat(seen).isBetween(2, 30);
  }
}
