package org.recur4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapSeries;
import org.knowm.xchart.XYChart;
import org.recur4j.examples.flow.FlowResult;
import org.recur4j.models.diagnosis.Decay;
import org.recur4j.models.diagnosis.Diagnosis;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.LayerFlow;

class FlowChartTest {
  @TempDir private Path folder;

  private static FlowResult result(String name, double... normsByStepsBack) {
    LayerFlow flow =
        new LayerFlow(
            "vanilla",
            false,
            normsByStepsBack,
            new Decay(0.1, 0.01, normsByStepsBack.length, 2, 1),
            Optional.empty(),
            List.of(),
            List.of(),
            new Diagnosis(Diagnosis.Kind.VANISHING, "", List.of()));
    return new FlowResult(
        name,
        List.of(new FlowSnapshot(0, 1, 1, List.of(flow)), new FlowSnapshot(5, 1, 1, List.of(flow))),
        new double[5],
        new double[5],
        "",
        1);
  }

  @Test
  void drawsLogarithmsOverTimeAndAMapOfEachNetwork() {
    var charts =
        FlowChart.charts("title", List.of(result("one", 1, 0.1, 0.01), result("two", 1, 1, 1)));
    assertThat(charts).hasSize(3);
    XYChart curves = (XYChart) charts.get(0);
    assertThat(curves.getSeriesMap()).containsKeys("one", "two");
    assertThat(curves.getSeriesMap().get("one").getXData()).containsExactly(1, 2, 3);
    assertThat(curves.getSeriesMap().get("one").getYData()).containsExactly(-2, -1, 0);
  }

  /**
   * XChart gives each cell its name, a blank one too; told to leave names out it spreads those that
   * are left over the axis.
   */
  @Test
  void aNameStandsAtTheCellThatItNames() {
    HeatMapChart map = (HeatMapChart) FlowChart.charts("t", List.of(looked(21, 100))).get(1);
    HeatMapSeries series = map.getSeriesMap().get("one");
    assertThat(map.getStyler().getXAxisMaxLabelCount()).isZero();
    assertNamed(series.getXData(), 21, look -> 5 * look, 7);
    assertNamed(series.getYData(), 40, bin -> (bin + 1) * 100 / 40, 8);
    assertThat(series.getXData().get(0)).hasToString("0");
    assertThat(series.getYData().get(39)).hasToString("100");
    HeatMapChart few = (HeatMapChart) FlowChart.charts("t", List.of(looked(6, 3))).get(1);
    assertNamed(few.getSeriesMap().get("one").getXData(), 6, look -> 5 * look, 6);
    // A formatting function would take the names' place.
    assertThat(map.getStyler().getyAxisTickLabelsFormattingFunction()).isNull();
  }

  private static void assertNamed(List<?> names, int cells, IntUnaryOperator value, int named) {
    assertThat(names).hasSize(cells);
    int there = 0;
    for (int i = 0; i < cells; i++) {
      if (!names.get(i).toString().isBlank()) {
        assertThat(names.get(i)).hasToString(Integer.toString(value.applyAsInt(i)));
        there++;
      }
    }
    assertThat(there).isEqualTo(named);
  }

  private static FlowResult looked(int looks, int length) {
    double[] norms = new double[length];
    Arrays.setAll(norms, back -> Math.pow(0.9, back));
    FlowResult one = result("one", norms);
    LayerFlow flow = one.snapshots().get(0).layers().get(0);
    return new FlowResult(
        "one",
        IntStream.range(0, looks)
            .mapToObj(look -> new FlowSnapshot(5L * look, 1, 1, List.of(flow)))
            .toList(),
        new double[5],
        new double[5],
        "",
        1);
  }

  @Test
  void drawsWhatBrokeOff() {
    Path png = folder.resolve("flow.png");
    Path svg = folder.resolve("flow.svg");
    FlowChart.write(png, svg, "title", List.of(result("broken", Double.NaN, Double.NaN)));
    assertThat(png).isNotEmptyFile();
    assertThat(svg).isNotEmptyFile();
  }
}
