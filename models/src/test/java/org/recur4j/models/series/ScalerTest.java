package org.recur4j.models.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;

class ScalerTest {
  private static final float[][] TRAINING = {{1, -7, 10}, {2, -7, 30}, {6, -7, 20}};

  /** Series of 1 to 8 steps of 1 to 3 features, of any size that floats are used for. */
  @Provide
  Arbitrary<float[][]> series() {
    return Arbitraries.integers()
        .between(1, 3)
        .flatMap(
            features ->
                Arbitraries.floats()
                    .between(-1e6f, 1e6f)
                    .array(float[].class)
                    .ofSize(features)
                    .array(float[][].class)
                    .ofMinSize(1)
                    .ofMaxSize(8));
  }

  @Property(seed = "1", tries = 300)
  void whatWasScaledComesBack(@ForAll("series") float[][] series) {
    for (Scaler scaler : scalers(series)) {
      float[][] back = scaler.inverse(scaler.transform(series));
      for (int feature = 0; feature < series[0].length; feature++) {
        double size = 0;
        for (float[] step : series) {
          size = Math.max(size, Math.abs(step[feature]));
        }
        for (int t = 0; t < series.length; t++) {
          // Twice rounded to a float: once scaled, once back.
          assertThat((double) back[t][feature])
              .isCloseTo(series[t][feature], within(4 * size * Math.ulp(1f)));
        }
      }
    }
  }

  @Property(seed = "2", tries = 300)
  void scaledSeriesAreOfOneSize(@ForAll("series") float[][] series) {
    MinMaxScaler range = MinMaxScaler.fit(series, -1, 1);
    for (float[] step : range.transform(series)) {
      for (float value : step) {
        assertThat(value).isBetween(-1f - 1e-6f, 1f + 1e-6f);
      }
    }
    StandardScaler standard = StandardScaler.fit(series);
    for (int feature = 0; feature < series[0].length; feature++) {
      double sum = 0;
      double squares = 0;
      for (float[] step : series) {
        double value = standard.transform(step[feature], feature);
        sum += value;
        squares += value * value;
      }
      double rounding = 1e-6 * (1 + Math.abs(standard.mean(feature)));
      if (standard.deviation(feature) > rounding) {
        assertThat(sum / series.length).isCloseTo(0, within(1e-6));
        assertThat(squares / series.length).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Property(seed = "3", tries = 100)
  void aNoteHoldsEveryBit(@ForAll("series") float[][] series) {
    for (Scaler scaler : scalers(series)) {
      Scaler read = Scaler.ofNote(scaler.toNote());
      assertThat(read).isEqualTo(scaler).hasSameHashCodeAs(scaler).hasSameClassAs(scaler);
      assertThat(read.transform(series)).isDeepEqualTo(scaler.transform(series));
    }
  }

  private static List<Scaler> scalers(float[][] series) {
    return List.of(
        StandardScaler.fit(series), MinMaxScaler.fit(series), MinMaxScaler.fit(series, -1, 1));
  }

  @Test
  void meansAndDeviationsAreThoseOfThePopulation() {
    StandardScaler scaler = StandardScaler.fit(TRAINING);
    assertThat(scaler.features()).isEqualTo(3);
    assertThat(scaler.mean(0)).isEqualTo(3);
    assertThat(scaler.deviation(0)).isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(scaler.transform(5, 0)).isCloseTo(2 / Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(scaler.inverse(1, 2)).isCloseTo(20 + Math.sqrt(200 / 3.0), within(1e-12));
  }

  @Test
  void smallestAndLargestBecomeTheRangesEnds() {
    MinMaxScaler scaler = MinMaxScaler.fit(TRAINING);
    assertThat(scaler.minimum(2)).isEqualTo(10);
    assertThat(scaler.maximum(2)).isEqualTo(30);
    assertThat(scaler.transform(new float[][] {{1, -7, 30}, {6, -7, 25}, {11, -7, 0}}))
        .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 0, 0.75f}, {2, 0, -0.5f}});
    assertThat(MinMaxScaler.fit(TRAINING, -1, 3).transform(15, 2)).isCloseTo(0, within(1e-12));
  }

  @Test
  void aConstantFeatureBecomesTheBeginningAndStaysFinite() {
    float tenth = 0.1f;
    float[][] constant = new float[1001][];
    for (int t = 0; t < constant.length; t++) {
      constant[t] = new float[] {tenth};
    }
    StandardScaler standard = StandardScaler.fit(constant);
    assertThat(standard.deviation(0)).isZero();
    assertThat(standard.transform(tenth + 1, 0)).isCloseTo(1, within(1e-6));
    assertThat(MinMaxScaler.fit(constant, -1, 1).transform(constant)[5][0]).isEqualTo(-1);
    assertThat(standard.inverse(standard.transform(constant))).isDeepEqualTo(constant);
  }

  /** Of every size that a float has, and of both signs. */
  private static final float[] SIZES = {
    0f,
    Float.MIN_VALUE,
    1e-40f,
    Float.MIN_NORMAL,
    1e-20f,
    0.1f,
    1f,
    16777216f,
    (float) 9.1e15,
    3e30f,
    Float.MAX_VALUE
  };

  private static final double[][] RANGES = {
    {0, 1}, {-1, 1}, {0.1, 0.7}, {-1e-300, 1e-300}, {1e15, 3e15}
  };

  @Test
  void aConstantOfAnySizeBecomesTheDocumentedEnd() {
    for (float size : SIZES) {
      for (float value : new float[] {size, -size}) {
        float[][] constant = {{value}, {value}, {value}};
        StandardScaler standard = StandardScaler.fit(constant);
        assertThat(standard.deviation(0)).isZero();
        assertThat(standard.transform(value, 0)).as("" + value).isZero();
        assertThat(standard.inverse(0, 0)).isEqualTo(value == 0 ? 0 : value);
        for (double[] range : RANGES) {
          MinMaxScaler scaler = MinMaxScaler.fit(constant, range[0], range[1]);
          assertThat(scaler.transform(value, 0)).as("" + value).isEqualTo(range[0]);
          assertThat(scaler.inverse(range[0], 0)).as("" + value).isEqualTo(value);
        }
      }
    }
    MinMaxScaler zeros = MinMaxScaler.fit(new float[][] {{0f}, {-0f}, {0f}}, -1, 1);
    assertThat(zeros.transform(new float[][] {{0f}, {-0f}}))
        .isDeepEqualTo(new float[][] {{-1}, {-1}});
  }

  @Test
  void theEndsOfAnyTwoSizesBecomeTheRangesEndsAndComeBack() {
    for (float one : SIZES) {
      for (float size : SIZES) {
        for (float other : new float[] {size, -size}) {
          if (one != other) {
            double least = Math.min(one, other);
            double most = Math.max(one, other);
            for (double[] range : RANGES) {
              MinMaxScaler scaler =
                  MinMaxScaler.fit(new float[][] {{one}, {other}}, range[0], range[1]);
              String as = one + " and " + other + " to " + range[0] + ", " + range[1];
              assertThat(scaler.transform(least, 0)).as(as).isEqualTo(range[0]);
              assertThat(scaler.transform(most, 0)).as(as).isEqualTo(range[1]);
              assertThat(scaler.inverse(range[0], 0)).as(as).isEqualTo(least);
              assertThat(scaler.inverse(range[1], 0)).as(as).isEqualTo(most);
            }
            StandardScaler standard = StandardScaler.fit(new float[][] {{one}, {other}});
            assertThat(standard.transform(least, 0)).as("" + least).isCloseTo(-1, within(1e-12));
            assertThat(standard.transform(most, 0)).as("" + most).isCloseTo(1, within(1e-12));
            assertThat((float) standard.inverse(1, 0))
                .isCloseTo(
                    (float) most, within((float) (Math.max(Math.abs(least), most) * Math.ulp(1f))));
          }
        }
      }
    }
  }

  @Test
  void aNumberThatLeavesFloatsRangeIsRefusedWithItsPlace() {
    float[][] tiny = {{Float.MIN_VALUE}, {3 * Float.MIN_VALUE}};
    for (Scaler scaler : List.of(StandardScaler.fit(tiny), MinMaxScaler.fit(tiny))) {
      assertThatThrownBy(() -> scaler.transform(new float[][] {{0}, {1e30f}}))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("got 1.0E30 at step 1, feature 0")
          .hasMessageContaining("within float's range");
    }
    MinMaxScaler wide = MinMaxScaler.fit(new float[][] {{0}, {Float.MAX_VALUE}});
    assertThatThrownBy(() -> wide.inverse(new float[][] {{2}}))
        .hasMessageContaining("inverse of a scaler: got 2.0 at step 0");
    assertThatThrownBy(() -> MinMaxScaler.fit(TRAINING, -1e308, 1e308))
        .hasMessageContaining("a finite difference");
  }

  @Test
  void whatIsNoNumberIsRefusedWithItsPlace() {
    float[][] gap = {{1, 2}, {3, Float.NaN}};
    assertThatThrownBy(() -> StandardScaler.fit(gap))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("StandardScaler.fit")
        .hasMessageContaining("NaN at step 1, feature 1")
        .hasMessageContaining("Fill the gap");
    assertThatThrownBy(() -> MinMaxScaler.fit(gap)).hasMessageContaining("step 1, feature 1");
    Scaler scaler = StandardScaler.fit(new float[][] {{1, 2}, {3, 4}});
    assertThatThrownBy(() -> scaler.transform(gap)).hasMessageContaining("transform of a scaler");
    assertThatThrownBy(() -> scaler.inverse(new float[][] {{1}}))
        .hasMessageContaining("1 features at step 0")
        .hasMessageContaining("expected 2");
    assertThatThrownBy(() -> StandardScaler.fit(new float[0][])).hasMessageContaining("no step");
    assertThatThrownBy(() -> StandardScaler.fit(new float[1][0]))
        .hasMessageContaining("without a feature");
    assertThatThrownBy(() -> MinMaxScaler.fit(TRAINING, 1, 1))
        .hasMessageContaining("a range from 1.0 to 1.0");
  }

  @Test
  void notesOfSomethingElseAreRefused() {
    for (String note :
        List.of(
            "",
            "[]",
            "nonsense",
            "{\"scaler\":\"robust\"}",
            "{\"scaler\":\"standard\",\"mean\":[1]}",
            "{\"scaler\":\"standard\",\"mean\":[1],\"deviation\":[-1]}",
            "{\"scaler\":\"standard\",\"mean\":[1,2],\"deviation\":[1]}",
            "{\"scaler\":\"standard\",\"mean\":[\"x\"],\"deviation\":[1]}",
            "{\"scaler\":\"min-max\",\"minimum\":[2],\"maximum\":[1],\"low\":0,\"high\":1}",
            "{\"scaler\":\"min-max\",\"minimum\":[1],\"maximum\":[2],\"low\":1,\"high\":0}")) {
      assertThatThrownBy(() -> Scaler.ofNote(note))
          .as(note)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("Scaler.ofNote")
          .hasMessageContaining("as Scaler.toNote writes it");
    }
  }
}
