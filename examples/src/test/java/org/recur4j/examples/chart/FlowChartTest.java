package org.recur4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void drawsWhatBrokeOff() {
    Path png = folder.resolve("flow.png");
    Path svg = folder.resolve("flow.svg");
    FlowChart.write(png, svg, "title", List.of(result("broken", Double.NaN, Double.NaN)));
    assertThat(png).isNotEmptyFile();
    assertThat(svg).isNotEmptyFile();
  }
}
