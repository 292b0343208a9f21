package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.series.Differencing;
import org.recur4j.models.series.SeasonalNaive;

/** Seasonal naive forecasts and differences. */
class SeriesBaselinesTest {
  @Provide
  Arbitrary<double[]> numbers() {
    return Arbitraries.doubles()
        .between(-1e6, 1e6)
        .array(double[].class)
        .ofMinSize(10)
        .ofMaxSize(30);
  }

  @Property(seed = "1", tries = 200)
  void differencesAddUpToTheSeries(
      @ForAll("numbers") double[] series, @ForAll @IntRange(min = 1, max = 9) int lag) {
    Differencing differencing = new Differencing(lag);
    double[] differences = differencing.apply(series);
    assertThat(differences).hasSize(series.length - lag);
    double[] back = differencing.inverse(Arrays.copyOf(series, lag), differences);
    assertThat(back).containsExactly(Arrays.copyOfRange(series, lag, series.length), within(1e-6));
  }

  @Property(seed = "2", tries = 200)
  void noDifferenceFromLastSeasonIsTheSeasonalNaiveForecast(
      @ForAll("numbers") double[] history,
      @ForAll @IntRange(min = 1, max = 9) int season,
      @ForAll @IntRange(min = 1, max = 25) int horizon) {
    assertThat(new SeasonalNaive(season).forecast(history, horizon))
        .isEqualTo(new Differencing(season).inverse(history, new double[horizon]));
  }

  @Test
  void theLastSeasonComesAgainAndAgain() {
    double[] history = {9, 1, 2, 3};
    assertThat(new SeasonalNaive(3).forecast(history, 7)).containsExactly(1, 2, 3, 1, 2, 3, 1);
    assertThat(new SeasonalNaive(1).forecast(history, 2)).containsExactly(3, 3);
    assertThat(new Differencing(2).apply(history)).containsExactly(-7, 2);
  }

  @Test
  void aDifferenceOrSumBeyondDoublesRangeIsRefused() {
    Differencing differencing = new Differencing(1);
    assertThatThrownBy(() -> differencing.apply(new double[] {0, 1e308, -1e308}))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Differencing.apply: got -Infinity at step 2")
        .hasMessageContaining("Scale the series before");
    assertThatThrownBy(() -> differencing.inverse(new double[] {1e308}, new double[] {0, 1e308}))
        .hasMessageContaining("Differencing.inverse: got Infinity at step 1");
  }

  @Test
  void shortSeriesAndGapsAreRefused() {
    assertThatThrownBy(() -> new SeasonalNaive(7).forecast(new double[6], 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("6 steps of history, 1 ahead")
        .hasMessageContaining("at least 7");
    assertThatThrownBy(() -> new SeasonalNaive(1).forecast(new double[] {1, Double.NaN}, 1))
        .hasMessageContaining("NaN at step 1")
        .hasMessageContaining("Fill the gap");
    assertThatThrownBy(() -> new SeasonalNaive(1).forecast(new double[1], 0))
        .hasMessageContaining("0 ahead");
    assertThatThrownBy(() -> new SeasonalNaive(0)).hasMessageContaining("a season of 0");
    assertThatThrownBy(() -> new Differencing(2).apply(new double[2]))
        .hasMessageContaining("2 steps")
        .hasMessageContaining("at least 3");
    assertThatThrownBy(() -> new Differencing(2).inverse(new double[1], new double[1]))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new Differencing(1).inverse(new double[1], new double[] {Double.NaN}))
        .hasMessageContaining("NaN at step 0");
    assertThatThrownBy(() -> new Differencing(0)).hasMessageContaining("lag 0");
  }
}
