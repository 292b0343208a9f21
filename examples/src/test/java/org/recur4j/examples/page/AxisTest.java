package org.recur4j.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A tick stands where the number beside it says. */
class AxisTest {
  private static final double[] SIZES = {1e-9, 3e-4, 0.02, 1, 37, 98.2, 1234, 1e6, 7e9};
  private static final double[] SPREADS = {1e-4, 0.003, 0.06, 0.5, 2, 40};

  @Test
  void aLinearTickStandsWhereItsLabelSays() {
    for (double size : SIZES) {
      for (double spread : SPREADS) {
        for (boolean mayWiden : new boolean[] {true, false}) {
          double most = size * (1 + spread);
          Axis axis = Axis.linear(size, most, 50, 750, 7, mayWiden);
          assertThat(axis.ticks()).hasSizeGreaterThan(1);
          for (double tick : axis.ticks()) {
            double said = said(axis.label(tick));
            String as = size + " to " + most + ": " + axis.label(tick);
            assertThat(said).as(as).isCloseTo(tick, within(1e-9 * Math.abs(tick)));
            assertThat(axis.at(tick)).as(as).isCloseTo(axis.at(said), within(0.01));
          }
          assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates();
        }
      }
    }
  }

  @Test
  void narrowAxesKeepTheDigitsThatTellTicksApart() {
    Axis axis = Axis.linear(98.21, 98.49, 0, 100, 6, true);
    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("98.2", "98.25", "98.3", "98.35", "98.4", "98.45", "98.5");
    assertThat(axis.at(98.25)).isCloseTo(100 / 6.0, within(1e-6));
    assertThat(Axis.linear(1e6, 1.05e6, 0, 1, 5, true).label(1.01e6)).isEqualTo("1.01e6");
    assertThat(Axis.linear(1e6, 1.01e6, 0, 1, 5, true).label(1.002e6)).isEqualTo("1.002e6");
    assertThat(Axis.linear(-10.05, -10, 0, 1, 5, true).label(-10.01)).isEqualTo("−10.01");
  }

  @Test
  void aLogarithmicTickStandsWhereItsLabelSays() {
    for (double least : new double[] {1e-30, 2e-3, 1, 40}) {
      for (double ratio : new double[] {1.2, 8, 1e3, 1e20}) {
        Axis axis = Axis.logarithmic(least, least * ratio, 300, 20, 6);
        for (double tick : axis.ticks()) {
          String label = axis.label(tick);
          if (!label.startsWith("10") || label.chars().allMatch(c -> c < 128)) {
            assertThat(said(label)).as(label).isCloseTo(tick, within(1e-9 * tick));
          }
          assertThat(axis.at(tick)).as(label).isBetween(20 - 1e-6, 300 + 1e-6);
        }
      }
    }
  }

  private static double said(String label) {
    return Double.parseDouble(label.replace(",", "").replace('−', '-'));
  }
}
