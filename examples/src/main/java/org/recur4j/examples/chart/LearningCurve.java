package org.recur4j.examples.chart;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.training.report.EpochReport;

/**
 * How a training went: losses by epoch and, where classes are judged, the accuracy beside them.
 * Colors are of the palette of Okabe and Ito (2008), which people of every color vision tell apart;
 * dashes and markers tell the curves apart in gray as well.
 */
public final class LearningCurve {
  private static final Color LEARNED = new Color(0x0072B2);
  private static final Color JUDGED = new Color(0xD55E00);
  private static final Color BEST = new Color(0x009E73);
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int EPOCHS_WITH_A_LABEL_EACH = 15;
  private static final int POINTS_AN_EPOCH = 8;
  private static final double RATIO_FOR_A_LOGARITHM = 30;

  /** Of a logarithmic axis, whose ticks are powers of ten, with the decade below the curve. */
  private static final double LEAST_WRITTEN_OUT = 1e-5;

  /** Of a linear axis, whose ticks have two digits more. */
  private static final double LEAST_LINEAR = 1e-3;

  private LearningCurve() {}

  /**
   * Draws a training.
   *
   * @param png a picture of pixels; replaced if it exists
   * @param svg the same as a drawing; replaced if it exists
   * @param title above the picture
   * @param epochs at least one with a finite loss, e.g. of a {@code TrainingResult} or of {@code
   *     JsonLinesListener.readEpochs}
   * @throws InvalidArgumentException if there is nothing to draw
   * @throws org.recur4j.models.file.ModelFileException if a file cannot be written
   */
  public static void write(Path png, Path svg, String title, List<EpochReport> epochs) {
    List<XYChart> charts = charts(title, epochs);
    Picture.write(png, svg, charts, WIDTH, HEIGHT);
  }

  static List<XYChart> charts(String title, List<EpochReport> epochs) {
    Points learned = Points.of(epochs, EpochReport::loss);
    Points judged = Points.of(epochs, e -> judgment(e, v -> v.validation().loss()));
    Points accuracy = Points.of(epochs, e -> judgment(e, v -> 100 * v.validation().accuracy()));
    if (learned.isEmpty() && judged.isEmpty()) {
      throw new InvalidArgumentException(
          "learning curve",
          epochs.size() + " epochs without a finite loss",
          "at least one with a loss",
          "Draw it after the first epoch");
    }
    List<XYChart> charts = new ArrayList<>();
    XYChart losses = chart(title, "mean loss");
    add(losses, "training", learned, LEARNED, false);
    add(losses, "validation", judged, JUDGED, true);
    Points best =
        Points.of(epochs, e -> judgment(e, v -> v.best() ? v.validation().loss() : Double.NaN));
    addBest(losses, best);
    addGuide(losses, judged.isEmpty() ? learned : judged);
    boolean logarithmic = spansDecades(learned, judged);
    losses.getStyler().setYAxisLogarithmic(logarithmic);
    addExponents(losses, logarithmic, learned, judged);
    charts.add(losses);
    if (!accuracy.isEmpty()) {
      XYChart shares = chart("accuracy on the validation part", "right answers in %");
      shares.getStyler().setLegendVisible(false);
      addGuide(shares, accuracy);
      add(shares, "validation", accuracy, JUDGED, true);
      charts.add(shares);
    }
    return charts;
  }

  private static double judgment(EpochReport epoch, ToDoubleFunction<EpochReport> value) {
    return epoch.validation() == null ? Double.NaN : value.applyAsDouble(epoch);
  }

  private static boolean spansDecades(Points... curves) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Points curve : curves) {
      for (double value : curve.values()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least > 0 && most / least > RATIO_FOR_A_LOGARITHM;
  }

  /** Six decimals would call small losses zero, and all their ticks the same. */
  private static void addExponents(XYChart chart, boolean logarithmic, Points... curves) {
    double[] sizes =
        Arrays.stream(curves)
            .flatMapToDouble(curve -> Arrays.stream(curve.values()))
            .map(Math::abs)
            .toArray();
    if (logarithmic && Arrays.stream(sizes).min().orElse(1) < LEAST_WRITTEN_OUT) {
      chart.getStyler().setYAxisDecimalPattern("0E0");
    } else if (!logarithmic && Arrays.stream(sizes).max().orElse(1) < LEAST_LINEAR) {
      chart.getStyler().setYAxisDecimalPattern("0.###E0");
    }
  }

  private static XYChart chart(String title, String axis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(axis)
            .build();
    ChartLook.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    return chart;
  }

  private static void add(XYChart chart, String name, Points points, Color color, boolean dashed) {
    if (!points.isEmpty()) {
      XYSeries series = chart.addSeries(name, points.epochs(), points.values());
      series.setLineColor(color);
      series.setMarkerColor(color);
      series.setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
      boolean line = points.values().length > 1;
      Marker plain = line ? SeriesMarkers.NONE : SeriesMarkers.SQUARE;
      series.setMarker(dashed ? SeriesMarkers.CIRCLE : plain);
    }
  }

  /** The last epoch that was the best one so far. */
  private static void addBest(XYChart chart, Points bests) {
    if (!bests.isEmpty()) {
      int last = bests.epochs().length - 1;
      double[] epoch = {bests.epochs()[last]};
      XYSeries series =
          chart.addSeries(
              "best (epoch " + (int) epoch[0] + ")", epoch, new double[] {bests.values()[last]});
      series.setLineStyle(SeriesLines.NONE);
      series.setMarker(SeriesMarkers.DIAMOND);
      series.setMarkerColor(BEST);
    }
  }

  /**
   * XChart labels every point of the curves on the axis as long as the labels find room, side by
   * side without a gap. Points between the epochs, which nobody sees, make it choose round numbers.
   */
  private static void addGuide(XYChart chart, Points points) {
    int count = points.epochs().length;
    if (count > EPOCHS_WITH_A_LABEL_EACH) {
      double[] between = new double[count * POINTS_AN_EPOCH];
      double[] values = new double[between.length];
      double first = points.epochs()[0];
      double span = points.epochs()[count - 1] - first;
      for (int i = 0; i < between.length; i++) {
        between[i] = first + span * i / (between.length - 1);
        values[i] = points.values()[0];
      }
      XYSeries guide = chart.addSeries("guide", between, values);
      guide.setLineStyle(SeriesLines.NONE);
      guide.setMarker(SeriesMarkers.NONE);
      guide.setShowInLegend(false);
    }
  }

  /** The points of a curve that are there. */
  private record Points(double[] epochs, double[] values) {
    static Points of(List<EpochReport> reports, ToDoubleFunction<EpochReport> value) {
      List<EpochReport> there =
          reports.stream().filter(e -> Double.isFinite(value.applyAsDouble(e))).toList();
      return new Points(
          there.stream().mapToDouble(EpochReport::epoch).toArray(),
          there.stream().mapToDouble(value).toArray());
    }

    boolean isEmpty() {
      return values.length == 0;
    }
  }
}
