package org.recur4j.examples.page;

import org.recur4j.examples.page.ChartFrame.Sheet;

/** Draws bars below their names, so that long names have room on a phone too. */
final class BarDrawing {
  private static final int ROW = 42;
  private static final int RIGHT = 14;

  private final BarChart chart;
  private final double most;

  BarDrawing(BarChart chart) {
    this.chart = chart;
    most =
        chart.bars().stream()
            .mapToDouble(bar -> bar.hasInterval() ? Math.max(bar.high(), bar.value()) : bar.value())
            .filter(Double::isFinite)
            .max()
            .orElse(1);
  }

  String figure(Bar bar) {
    if (Double.isNaN(bar.value())) {
      return "not measured";
    }
    String text = Markup.figure(bar.value()) + " " + chart.unit();
    return bar.hasInterval() ? text + " (" + interval(bar) + ")" : text;
  }

  static String interval(Bar bar) {
    return bar.hasInterval() ? Markup.figure(bar.low()) + " to " + Markup.figure(bar.high()) : "–";
  }

  void draw(Sheet sheet) {
    double bottom = 6 + ROW * chart.bars().size();
    double right = sheet.size.width - RIGHT;
    int wanted = sheet.size == ChartFrame.Size.WIDE ? 7 : 4;
    Axis axis = Axis.linear(0, most == 0 ? 1 : most, 4, right, wanted, true);
    for (double tick : axis.ticks()) {
      sheet.segment(axis.at(tick), 0, axis.at(tick), bottom, tick == 0 ? "edge" : "grid");
      label(sheet, axis, tick, bottom + 15);
    }
    sheet.text(right, bottom + 33, "end", "soft", chart.unit());
    sheet.height = bottom + 38;
    double top = 6;
    for (Bar bar : chart.bars()) {
      String value = figure(bar);
      double room = sheet.size.width - RIGHT - ChartFrame.width(value) - 18;
      sheet.text(9, top + 12, "start", "", shortened(bar.name(), room));
      sheet.text(right, top + 12, "end", "", value);
      if (!Double.isNaN(bar.value())) {
        double end = axis.at(bar.value());
        sheet.box(axis.at(0), top + 18, Math.max(1, end - axis.at(0)), 14, "class=\"bar\"");
      }
      if (bar.hasInterval()) {
        double from = axis.clamped(bar.low());
        double to = axis.clamped(bar.high());
        sheet.segment(from, top + 25, to, top + 25, "interval");
        sheet.segment(from, top + 20, from, top + 30, "interval");
        sheet.segment(to, top + 20, to, top + 30, "interval");
      }
      top += ROW;
    }
  }

  /** Below its tick, or as near to it as the edges allow. */
  private static void label(Sheet sheet, Axis axis, double tick, double y) {
    String text = axis.label(tick);
    double x = Math.max(0, axis.at(tick));
    if (tick == 0) {
      sheet.text(x, y, "start", "soft", text);
    } else if (x + ChartFrame.width(text) / 2 > sheet.size.width) {
      sheet.text(sheet.size.width, y, "end", "soft", text);
    } else {
      sheet.text(x, y, "middle", "soft", text);
    }
  }

  private static String shortened(String name, double room) {
    int letters = (int) Math.max(4, room / ChartFrame.width("x"));
    return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
  }
}
