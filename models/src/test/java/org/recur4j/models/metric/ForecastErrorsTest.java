package org.recur4j.models.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;

class ForecastErrorsTest {
  private static final double[] CAME = {10, 20, 0, 4};
  private static final double[] FORECAST = {12, 17, 0, -4};

  @Test
  void errorsInTheUnitOfTheValues() {
    assertThat(ForecastErrors.meanAbsolute(CAME, FORECAST)).isEqualTo((2 + 3 + 0 + 8) / 4.0);
    assertThat(ForecastErrors.rootMeanSquare(CAME, FORECAST))
        .isEqualTo(Math.sqrt((4 + 9 + 0 + 64) / 4.0));
  }

  /** 4/22, 6/37, nothing for 0 and 0, and 16/8 for opposite signs, the most there is. */
  @Test
  void symmetricPercentage() {
    assertThat(ForecastErrors.symmetricPercentage(CAME, FORECAST))
        .isCloseTo(100 * (4 / 22.0 + 6 / 37.0 + 0 + 2) / 4, within(1e-12));
  }

  /** Steps of the history: 1, 2, 3, 4, so 2.5; over two places: 3, 1, 1, so 5/3. */
  @Test
  void scaledByTheNaiveAndTheSeasonalNaiveForecast() {
    double[] history = {1, 2, 4, 1, 5};
    double[] came = {6, 5};
    double[] forecast = {5, 8};
    assertThat(ForecastErrors.naiveError(history, 1)).isEqualTo((1 + 2 + 3 + 4) / 4.0);
    assertThat(ForecastErrors.naiveError(history, 2)).isCloseTo(5 / 3.0, within(1e-15));
    assertThat(ForecastErrors.meanAbsoluteScaled(history, 1, came, forecast)).isEqualTo(2 / 2.5);
    assertThat(ForecastErrors.meanAbsoluteScaled(history, 2, came, forecast))
        .isCloseTo(2 * 3 / 5.0, within(1e-15));
  }

  @Property(seed = "1", tries = 100)
  void theScaledErrorHasNoUnit(
      @ForAll @Size(min = 3, max = 9) List<@DoubleRange(min = -100, max = 100) Double> series) {
    double[] steep = array(series);
    for (int t = 0; t < steep.length; t++) {
      steep[t] += 1000 * t;
    }
    double[] scaled = Arrays.stream(steep).map(value -> -8 * value).toArray();
    double[] came = {3, 4};
    double[] forecast = {5, 1};
    assertThat(
            ForecastErrors.meanAbsoluteScaled(
                scaled, 1, new double[] {-24, -32}, new double[] {-40, -8}))
        .isCloseTo(ForecastErrors.meanAbsoluteScaled(steep, 1, came, forecast), within(1e-12));
  }

  @Property(seed = "2", tries = 100)
  void boundsHold(
      @ForAll @Size(4) List<@DoubleRange(min = -100, max = 100) Double> values,
      @ForAll @Size(4) List<@DoubleRange(min = -100, max = 100) Double> forecasts) {
    double[] came = array(values);
    double[] forecast = array(forecasts);
    double absolute = ForecastErrors.meanAbsolute(came, forecast);
    assertThat(ForecastErrors.rootMeanSquare(came, forecast))
        .isGreaterThanOrEqualTo(absolute * (1 - 1e-12));
    assertThat(ForecastErrors.symmetricPercentage(came, forecast)).isBetween(0.0, 200 + 1e-9);
    assertThat(ForecastErrors.symmetricPercentage(forecast, came))
        .isEqualTo(ForecastErrors.symmetricPercentage(came, forecast));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> ForecastErrors.meanAbsolute(CAME, new double[3]))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("4 values and 3 forecasts");
    assertThatThrownBy(() -> ForecastErrors.rootMeanSquare(new double[0], new double[0]))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> ForecastErrors.naiveError(new double[7], 7))
        .hasMessageContaining("a history of 7 values for a season of 7");
    assertThatThrownBy(() -> ForecastErrors.naiveError(new double[] {1, 2, 1, 2}, 2))
        .hasMessageContaining("repeats itself exactly");
  }
}
