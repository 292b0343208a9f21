package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Writes blocks as markup. */
final class BlockWriter {
  /** A figure with or without a unit; "–" is one that is not there. */
  private static final Pattern FIGURE =
      Pattern.compile("[-−+±≤<>≈]? ?[0-9][0-9., ]*(e[-+]?[0-9]+)?( ?[^0-9\\s]{1,5})?|–|");

  /** A heat map of more cells gets a table of its rows' extremes. */
  private static final int MOST_CELLS = 600;

  /** A cell of more letters is broken into lines. */
  private static final int LONG = 48;

  private final Markup page;
  private final ChartFrame frame;
  private int maps;

  BlockWriter(Markup page) {
    this.page = page;
    frame = new ChartFrame(page);
  }

  List<ChartPicture> pictures() {
    return frame.pictures();
  }

  void write(Block block) {
    if (block instanceof Paragraph paragraph) {
      page.raw("<p>").text(paragraph.text()).raw("</p>\n");
    } else if (block instanceof TableBlock table) {
      table(table.headers(), table.rows());
    } else if (block instanceof Folded folded) {
      page.raw("<details><summary>").text(folded.summary()).raw("</summary>\n");
      table(folded.table().headers(), folded.table().rows());
      page.raw("</details>\n");
    } else if (block instanceof Manifest manifest) {
      manifest(manifest);
    } else if (block instanceof LineChart chart) {
      lines(chart);
    } else if (block instanceof BarChart chart) {
      bars(chart);
    } else if (block instanceof HeatMap map) {
      heat(map);
    } else if (block instanceof WinnerMap map) {
      winners(map);
    }
  }

  private void manifest(Manifest manifest) {
    page.raw("<dl class=\"manifest\">\n");
    manifest
        .entries()
        .forEach(
            (key, value) ->
                page.raw("<div><dt>").text(key).raw("</dt><dd>").text(value).raw("</dd></div>\n"));
    page.raw("</dl>\n");
  }

  private void lines(LineChart chart) {
    LineDrawing drawing = new LineDrawing(chart);
    if (drawing.isEmpty()) {
      nothing(chart.title(), drawing.notes());
      return;
    }
    StringBuilder text = new StringBuilder(chart.yLabel() + " over " + chart.xLabel());
    for (List<String> row : drawing.rows()) {
      text.append("; ").append(row.get(0)).append(" from ").append(row.get(2));
      text.append(" to ").append(row.get(3));
    }
    frame.write(
        chart.title(),
        text.toString(),
        drawing.legend(),
        drawing::draw,
        drawing.notes(),
        () ->
            table(
                List.of("curve", "points", "first", "last", "least", "greatest"), drawing.rows()));
  }

  private void bars(BarChart chart) {
    BarDrawing drawing = new BarDrawing(chart);
    String text =
        chart.bars().stream()
            .map(bar -> bar.name() + " " + drawing.figure(bar))
            .collect(Collectors.joining("; "));
    boolean intervals = chart.bars().stream().anyMatch(Bar::hasInterval);
    List<List<String>> rows =
        chart.bars().stream()
            .map(bar -> List.of(bar.name(), Markup.figure(bar.value()), BarDrawing.interval(bar)))
            .toList();
    frame.write(
        chart.title(),
        text,
        List.of(),
        drawing::draw,
        intervals ? List.of("The thin lines are the intervals.") : List.of(),
        () -> table(List.of("", chart.unit(), "interval"), rows));
  }

  private void heat(HeatMap map) {
    HeatDrawing drawing = new HeatDrawing(map);
    if (drawing.isEmpty()) {
      nothing(map.title(), drawing.notes());
      return;
    }
    boolean small = map.x().length * map.y().length <= MOST_CELLS;
    frame.write(
        map.title(),
        map.xLabel() + " by " + map.yLabel() + ": " + drawing.description(),
        List.of(),
        drawing::draw,
        drawing.notes(),
        () -> {
          if (small) {
            cells(map.yLabel(), map.x(), map.y(), (r, c) -> Markup.figure(map.values()[r][c]));
          } else {
            extremes(map);
          }
        });
  }

  private void winners(WinnerMap map) {
    WinnerDrawing drawing = new WinnerDrawing(map);
    maps++;
    BiFunction<Integer, Integer, String> cell =
        (r, c) -> {
          String winner = map.winners()[r][c].isEmpty() ? "none" : map.winners()[r][c];
          return map.notes() == null ? winner : (winner + " " + map.notes()[r][c]).strip();
        };
    StringBuilder text = new StringBuilder(map.xLabel() + " by " + map.yLabel());
    for (int r = 0; r < map.y().length; r++) {
      for (int c = 0; c < map.x().length; c++) {
        text.append("; ").append(map.y()[r]).append(", ").append(map.x()[c]).append(": ");
        text.append(cell.apply(r, c));
      }
    }
    frame.write(
        map.title(),
        text.toString(),
        drawing.legend("m" + maps),
        drawing::draw,
        drawing.notes(),
        () -> cells(map.yLabel(), map.x(), map.y(), cell));
  }

  private void nothing(String title, List<String> notes) {
    page.raw("<figure>\n<figcaption>").text(title).raw("</figcaption>\n<p>No value to draw.</p>\n");
    notes.forEach(note -> page.raw("<p>").text(note).raw("</p>\n"));
    page.raw("</figure>\n");
  }

  private void cells(
      String corner, String[] x, String[] y, BiFunction<Integer, Integer, String> cell) {
    List<String> headers = new ArrayList<>(List.of(corner));
    headers.addAll(List.of(x));
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < y.length; r++) {
      List<String> row = new ArrayList<>(List.of(y[r]));
      for (int c = 0; c < x.length; c++) {
        row.add(cell.apply(r, c));
      }
      rows.add(row);
    }
    table(headers, rows);
  }

  /** Least and greatest of each row: a table of thousands of cells nobody reads. */
  private void extremes(HeatMap map) {
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < map.y().length; r++) {
      double[] there =
          DoubleStream.of(map.values()[r]).filter(value -> !Double.isNaN(value)).toArray();
      double low = DoubleStream.of(there).min().orElse(Double.NaN);
      double high = DoubleStream.of(there).max().orElse(Double.NaN);
      rows.add(List.of(map.y()[r], Markup.figure(low), Markup.figure(high)));
    }
    table(List.of(map.yLabel(), "least", "greatest"), rows);
  }

  void table(List<String> headers, List<List<String>> rows) {
    List<String> kinds = new ArrayList<>();
    for (int c = 0; c < headers.size(); c++) {
      int column = c;
      boolean figures =
          !rows.isEmpty() && rows.stream().allMatch(r -> FIGURE.matcher(r.get(column)).matches());
      kinds.add(figures ? " class=\"figure\"" : "");
    }
    page.raw("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>");
    for (int c = 0; c < headers.size(); c++) {
      page.raw("<th scope=\"col\"" + kinds.get(c) + ">").text(headers.get(c)).raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      page.raw("<tr>");
      for (int c = 0; c < row.size(); c++) {
        String kind = row.get(c).length() > LONG ? " class=\"long\"" : kinds.get(c);
        page.raw("<td" + kind + ">").text(row.get(c)).raw("</td>");
      }
      page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n");
  }
}
