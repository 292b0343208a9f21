package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.recur4j.examples.page.ChartFrame.Sheet;

/** Draws who wins where: a tint, a hatching and a letter, with the name where it finds room. */
final class WinnerDrawing {
  private static final String[] HATCHES = {
    "M0 10L10 0", "M0 0L10 10", "M0 5H10", "M5 0V10", "M0 5H10M5 0V10", "M0 10L10 0M0 0L10 10"
  };

  private final WinnerMap map;
  private final Map<String, Integer> names = new TreeMap<>();

  WinnerDrawing(WinnerMap map) {
    this.map = map;
    Stream.of(map.winners()).flatMap(Stream::of).forEach(name -> names.put(name, 0));
    names.remove("");
    int next = 0;
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      name.setValue(next);
      next++;
    }
  }

  List<String> notes() {
    boolean empty = Stream.of(map.winners()).flatMap(Stream::of).anyMatch(String::isEmpty);
    return empty ? List.of("An empty cell has no winner.") : List.of();
  }

  List<LegendEntry> legend(String id) {
    List<LegendEntry> legend = new ArrayList<>();
    names.forEach(
        (name, index) -> {
          Sheet swatch = new Sheet(ChartFrame.Size.NARROW, id + "l" + index);
          pattern(swatch, index);
          fill(swatch, index, 8, 0, 22, 14);
          legend.add(new LegendEntry(swatch.markup.toString(), letter(index) + "  " + name));
        });
    return legend;
  }

  void draw(Sheet sheet) {
    Grid grid = new Grid(sheet, map.x(), map.y(), 44);
    names.values().forEach(index -> pattern(sheet, index));
    for (int r = 0; r < map.y().length; r++) {
      for (int c = 0; c < map.x().length; c++) {
        String name = map.winners()[r][c];
        double width = grid.cellWidth - 2;
        double height = grid.cellHeight - 2;
        if (name.isEmpty()) {
          sheet.box(grid.x(c), grid.y(r), width, height, "class=\"grid\"");
        } else {
          fill(sheet, names.get(name), grid.x(c), grid.y(r), width, height);
        }
        label(sheet, grid, r, c);
      }
    }
    grid.names(sheet, map.xLabel(), map.yLabel());
    sheet.height = grid.bottom + 40;
  }

  private void label(Sheet sheet, Grid grid, int r, int c) {
    String name = map.winners()[r][c];
    String note = map.notes() == null ? "" : map.notes()[r][c];
    double middle = grid.x(c) + grid.cellWidth / 2 - 1;
    boolean two =
        !note.isEmpty() && grid.cellHeight >= 34 && ChartFrame.width(note) < grid.cellWidth;
    double y = grid.y(r) + grid.cellHeight / 2 + (two ? -3 : 4);
    String text = name;
    if (!name.isEmpty() && ChartFrame.width(name) + 6 > grid.cellWidth) {
      text = letter(names.get(name));
    }
    if (grid.cellHeight >= 14) {
      sheet.text(middle, y, "middle", "", text);
    }
    if (two) {
      sheet.text(middle, y + 15, "middle", "small", note);
    }
  }

  private static void pattern(Sheet sheet, int index) {
    sheet.markup.raw("<pattern id=\"" + sheet.id + "p" + index + "\" width=\"10\" height=\"10\" ");
    sheet.markup.raw("patternUnits=\"userSpaceOnUse\"><path class=\"hatch s" + color(index));
    sheet.markup.raw("\" stroke-opacity=\"0.22\" d=\"" + HATCHES[index % HATCHES.length]);
    sheet.markup.raw("\"/></pattern>");
  }

  private static void fill(
      Sheet sheet, int index, double x, double y, double width, double height) {
    sheet.box(x, y, width, height, "class=\"tint f" + color(index) + "\"");
    sheet.box(x, y, width, height, "fill=\"url(#" + sheet.id + "p" + index + ")\"");
  }

  private static int color(int index) {
    return index % LineDrawing.COLORS;
  }

  private static String letter(int index) {
    return String.valueOf((char) ('A' + index % 26));
  }
}
