package org.recur4j.examples.chart;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.recur4j.examples.flow.FlowMap;
import org.recur4j.examples.flow.FlowResult;

/**
 * Gradients on their way back through time: one curve a network on a logarithmic axis, and for each
 * network a map of time against training step. Colors of the curves are of Okabe and Ito (2008),
 * dashes tell them apart in gray; the maps run from blue (smaller than at the last step) over white
 * to orange (larger).
 */
public final class FlowChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int COLUMNS = 2;
  private static final int LABELS = 8;
  private static final int GUIDES = 500;
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000)
  };
  private static final Color[] SMALLER_TO_LARGER = {
    new Color(0x08306B),
    new Color(0x2171B5),
    new Color(0x9ECAE1),
    new Color(0xF7F7F7),
    new Color(0xFDBE85),
    new Color(0xE6550D),
    new Color(0x7F2704)
  };

  private FlowChart() {}

  /**
   * Draws trainings.
   *
   * @param png a picture of pixels; replaced if it exists
   * @param svg the same as a drawing; replaced if it exists
   * @param title above the curves
   * @param results at least one
   * @throws org.recur4j.models.file.ModelFileException if a file cannot be written
   */
  public static void write(Path png, Path svg, String title, List<FlowResult> results) {
    Picture.write(png, svg, charts(title, results), WIDTH, HEIGHT, COLUMNS);
  }

  static List<Chart<?, ?>> charts(String title, List<FlowResult> results) {
    List<Chart<?, ?>> charts = new ArrayList<>();
    charts.add(curves(title, results));
    for (FlowResult result : results) {
      if (result.snapshots().size() > 1) {
        charts.add(map(result));
      }
    }
    return charts;
  }

  private static XYChart curves(String title, List<FlowResult> results) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("time step t")
            .yAxisTitle("‖∂L/∂h‖ at t")
            .build();
    ChartLook.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    addGuide(chart, results);
    // XChart labels every decade of a logarithmic axis, and there may be forty: logarithms are
    // drawn on a plain axis instead, labeled with what they are logarithms of.
    chart
        .getStyler()
        .setyAxisTickLabelsFormattingFunction(
            // Between powers of ten one digit would name another place than the tick's.
            decade ->
                String.format(
                    Locale.ROOT,
                    decade == Math.rint(decade) ? "%.0e" : "%.2e",
                    Math.pow(10, decade)));
    for (int i = 0; i < results.size(); i++) {
      FlowMap.Curve curve = FlowMap.curve(results.get(i).last());
      if (curve.times().length > 0) {
        double[] decades = Arrays.stream(curve.norms()).map(Math::log10).toArray();
        XYSeries series = chart.addSeries(results.get(i).name(), curve.times(), decades);
        series.setLineColor(COLORS[i % COLORS.length]);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(
            i % 3 == 0
                ? SeriesLines.SOLID
                : i % 3 == 1 ? SeriesLines.DASH_DASH : SeriesLines.DOT_DOT);
      }
    }
    return chart;
  }

  /**
   * XChart labels the points of the curves as long as their labels find room without a gap. More
   * points than that, which nobody sees, make it choose round numbers.
   */
  private static void addGuide(XYChart chart, List<FlowResult> results) {
    int length = results.get(0).last().worst().gradientNorms().length;
    double[] times = new double[GUIDES];
    Arrays.setAll(times, i -> 1 + (length - 1.0) * i / (GUIDES - 1));
    double[] decades = new double[GUIDES];
    // Where training broke off there may be no curve at all, and the guide is all there is.
    double norm =
        results.stream()
            .flatMapToDouble(result -> Arrays.stream(FlowMap.curve(result.last()).norms()))
            .findFirst()
            .orElse(1);
    Arrays.fill(decades, Math.log10(norm));
    XYSeries guide = chart.addSeries("guide", times, decades);
    guide.setLineStyle(SeriesLines.NONE);
    guide.setMarker(SeriesMarkers.NONE);
    guide.setShowInLegend(false);
  }

  private static HeatMapChart map(FlowResult result) {
    FlowMap map = FlowMap.of(result.snapshots());
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(result.name() + ": decades from the last step")
            .xAxisTitle("training step")
            .yAxisTitle("time step t")
            .build();
    ChartLook.apply(chart.getStyler());
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setShowValue(false);
    // The legend's numbers would be in the default locale's digits; the chart's locale is not
    // asked.
    chart
        .getStyler()
        .setHeatMapDecimalValueFormatter(value -> String.format(Locale.ROOT, "%.0f", value));
    chart.getStyler().setRangeColors(SMALLER_TO_LARGER);
    chart.getStyler().setMin(-FlowMap.DECADES);
    chart.getStyler().setMax(FlowMap.DECADES);
    List<Number[]> cells = new ArrayList<>();
    for (int x = 0; x < map.steps().size(); x++) {
      for (int y = 0; y < map.times().size(); y++) {
        cells.add(new Number[] {x, y, map.decades()[y][x]});
      }
    }
    chart.addSeries(
        result.name(), some(map.steps(), 0), some(map.times(), map.times().size() - 1), cells);
    return chart;
  }

  /**
   * As many names as find room, at equal distances and one of them at the place given, and blanks
   * between. A limit on their number would make XChart spread the first and every so-and-so-many-th
   * name over the whole axis, away from their cells.
   */
  private static List<String> some(List<String> names, int named) {
    int stride = (names.size() + LABELS - 1) / LABELS;
    return IntStream.range(0, names.size())
        .mapToObj(i -> Math.floorMod(i - named, stride) == 0 ? names.get(i) : " ")
        .toList();
  }
}
