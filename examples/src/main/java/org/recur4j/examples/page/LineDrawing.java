package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.recur4j.examples.page.ChartFrame.Sheet;

/** Draws curves: color, dashes and markers each tell them apart. */
final class LineDrawing {
  static final int COLORS = 7;
  private static final String[] DASHES = {"", "7 4", "2 3", "10 3 2 3", "14 4"};
  private static final int MARKERS = 6;
  private static final int MARKERS_A_LINE = 6;
  private static final int TOP = 28;
  private static final int BOTTOM = 44;

  private final LineChart chart;
  private double leastX = Double.POSITIVE_INFINITY;
  private double mostX = Double.NEGATIVE_INFINITY;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int undrawn;

  LineDrawing(LineChart chart) {
    this.chart = chart;
    for (Line line : chart.lines()) {
      for (int i = 0; i < line.x().length; i++) {
        if (isDrawn(line, i)) {
          leastX = Math.min(leastX, line.x()[i]);
          mostX = Math.max(mostX, line.x()[i]);
          include(line.y()[i]);
          if (line.low() != null) {
            include(line.low()[i]);
            include(line.high()[i]);
          }
        } else {
          undrawn++;
        }
      }
    }
  }

  private boolean isDrawn(Line line, int i) {
    double y = line.y()[i];
    return Double.isFinite(line.x()[i]) && Double.isFinite(y) && (!chart.logY() || y > 0);
  }

  private void include(double y) {
    if (Double.isFinite(y) && (!chart.logY() || y > 0)) {
      least = Math.min(least, y);
      most = Math.max(most, y);
    }
  }

  boolean isEmpty() {
    return leastX > mostX;
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (undrawn > 0) {
      notes.add(
          Markup.count(undrawn, "point")
              + " without a place in the chart: not finite"
              + (chart.logY() ? ", or not above 0, which a logarithmic axis cannot show." : "."));
    }
    if (chart.lines().stream().anyMatch(line -> line.low() != null)) {
      notes.add("The bands are the intervals around the curves.");
    }
    return notes;
  }

  List<LegendEntry> legend() {
    List<LegendEntry> legend = new ArrayList<>();
    for (int i = 0; i < chart.lines().size(); i++) {
      Markup symbol = new Markup();
      symbol.raw("<path class=\"line s" + i % COLORS + "\"" + dashes(i) + " d=\"M0 7L38 7\"/>");
      marker(symbol, i, 19, 7);
      legend.add(new LegendEntry(symbol.toString(), chart.lines().get(i).name()));
    }
    return legend;
  }

  void draw(Sheet sheet) {
    boolean wide = sheet.size == ChartFrame.Size.WIDE;
    double bottom = TOP + (wide ? 270 : 220);
    sheet.height = bottom + BOTTOM;
    Axis y =
        chart.logY()
            ? Axis.logarithmic(least, most, bottom, TOP, wide ? 7 : 6)
            : Axis.linear(least, most, bottom, TOP, wide ? 6 : 5, true);
    double left =
        10 + y.ticks().stream().mapToDouble(t -> ChartFrame.width(y.label(t))).max().orElse(30);
    double right = sheet.size.width - 12;
    Axis x = Axis.linear(leastX, mostX, left + 6, right - 6, wide ? 8 : 4, false);
    for (double tick : y.ticks()) {
      sheet.segment(left, y.at(tick), right, y.at(tick), "grid");
      sheet.text(left - 6, y.at(tick) + 4, "end", "soft", y.label(tick));
    }
    for (double tick : x.ticks()) {
      sheet.segment(x.at(tick), bottom, x.at(tick), bottom + 5, "edge");
      sheet.text(x.at(tick), bottom + 18, "middle", "soft", x.label(tick));
    }
    sheet.segment(left, bottom, right, bottom, "edge");
    sheet.text(0, 13, "start", "soft", chart.yLabel());
    sheet.text(right, bottom + 37, "end", "soft", chart.xLabel());
    for (int i = 0; i < chart.lines().size(); i++) {
      curve(sheet, i, x, y);
    }
  }

  private void curve(Sheet sheet, int index, Axis x, Axis y) {
    Line line = chart.lines().get(index);
    List<List<Integer>> pieces = pieces(line, sheet.size.width);
    for (List<Integer> piece : line.low() == null ? List.<List<Integer>>of() : pieces) {
      sheet.markup.raw("<path class=\"band f" + index % COLORS + "\" d=\"");
      for (int i = 0; i < piece.size(); i++) {
        point(
            sheet.markup,
            i,
            x.at(line.x()[piece.get(i)]),
            edge(y, line.high(), line, piece.get(i)));
      }
      for (int i = piece.size() - 1; i >= 0; i--) {
        point(
            sheet.markup, 1, x.at(line.x()[piece.get(i)]), edge(y, line.low(), line, piece.get(i)));
      }
      sheet.markup.raw("Z\"/>");
    }
    sheet.markup.raw("<path class=\"line s" + index % COLORS + "\"" + dashes(index) + " d=\"");
    for (List<Integer> piece : pieces) {
      for (int i = 0; i < piece.size(); i++) {
        point(sheet.markup, i, x.at(line.x()[piece.get(i)]), y.at(line.y()[piece.get(i)]));
      }
    }
    sheet.markup.raw("\"/>");
    List<Integer> points = pieces.stream().flatMap(List::stream).toList();
    double stride = Math.max(1, points.size() / (double) MARKERS_A_LINE);
    // Markers of curves that lie on each other stand side by side.
    double first = points.size() <= MARKERS_A_LINE ? 0 : stride * (index % 5 + 1) / 6;
    for (double at = first; at < points.size(); at += stride) {
      int i = points.get((int) at);
      marker(sheet.markup, index, x.at(line.x()[i]), y.at(line.y()[i]));
    }
  }

  private static double edge(Axis y, double[] edge, Line line, int i) {
    double value = edge[i];
    return Double.isFinite(value) ? y.clamped(value) : y.at(line.y()[i]);
  }

  private static void point(Markup path, int i, double x, double y) {
    path.raw(i == 0 ? "M" : "L").number(x).raw(" ").number(y);
  }

  /** Runs of points without a gap; of many to a pixel the least and the greatest are enough. */
  private List<List<Integer>> pieces(Line line, int pixels) {
    List<List<Integer>> pieces = new ArrayList<>();
    List<Integer> piece = new ArrayList<>();
    int stride = Math.max(1, 2 * line.x().length / (pixels * 2));
    for (int from = 0; from < line.x().length; from += stride) {
      int end = Math.min(line.x().length, from + stride);
      int[] drawn = IntStream.range(from, end).filter(i -> isDrawn(line, i)).toArray();
      if (drawn.length < end - from && !piece.isEmpty() && drawn.length == 0) {
        pieces.add(piece);
        piece = new ArrayList<>();
      }
      if (drawn.length > 0) {
        int low = drawn[0];
        int high = drawn[0];
        for (int i : drawn) {
          low = line.y()[i] < line.y()[low] ? i : low;
          high = line.y()[i] > line.y()[high] ? i : high;
        }
        piece.add(Math.min(low, high));
        if (low != high) {
          piece.add(Math.max(low, high));
        }
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static String dashes(int index) {
    String dashes = DASHES[index % DASHES.length];
    return dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
  }

  private static void marker(Markup markup, int index, double x, double y) {
    markup.raw("<path class=\"mark f" + index % COLORS + "\" d=\"M").number(x).raw(" ").number(y);
    markup.raw(
        switch (index % MARKERS) {
          case 0 -> "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
          case 1 -> "m-4 -4h8v8h-8z";
          case 2 -> "m0 -5l5 9h-10z";
          case 3 -> "m0 -5l5 5l-5 5l-5 -5z";
          case 4 -> "m0 5l5 -9h-10z";
          default -> "m-1.5 -5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z";
        });
    markup.raw("\"/>");
  }

  /** First, last, least and greatest of each curve: thousands of points are for programs. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Line line : chart.lines()) {
      int[] there =
          IntStream.range(0, line.x().length).filter(i -> Double.isFinite(line.y()[i])).toArray();
      List<String> row = new ArrayList<>(List.of(line.name(), String.valueOf(there.length)));
      if (there.length == 0) {
        row.addAll(List.of("–", "–", "–", "–"));
      } else {
        double low = IntStream.of(there).mapToDouble(i -> line.y()[i]).min().orElseThrow();
        double high = IntStream.of(there).mapToDouble(i -> line.y()[i]).max().orElseThrow();
        row.add(Markup.figure(line.y()[there[0]]));
        row.add(Markup.figure(line.y()[there[there.length - 1]]));
        row.add(Markup.figure(low));
        row.add(Markup.figure(high));
      }
      rows.add(row);
    }
    return rows;
  }
}
