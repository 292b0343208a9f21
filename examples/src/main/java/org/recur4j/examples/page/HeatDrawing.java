package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.recur4j.examples.page.ChartFrame.Sheet;

/**
 * Draws values as colors of cividis (Nuñez, Anderton and Renslow 2018), whose brightness grows
 * evenly for every color vision, and in gray.
 */
final class HeatDrawing {
  private static final int LEVELS = 32;
  private static final int[] CIVIDIS = {
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
    0xFEE838
  };

  private final HeatMap map;
  private final ColorRange own;
  private final ColorRange range;

  HeatDrawing(HeatMap map) {
    this.map = map;
    this.own = ColorRange.of(List.of(map));
    this.range = map.range() == null ? own : map.range();
  }

  boolean isEmpty() {
    return own.isEmpty();
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    DoubleStream all = Stream.of(map.values()).flatMapToDouble(DoubleStream::of);
    int empty = (int) all.filter(value -> !map.isDrawn(value)).count();
    if (empty > 0) {
      notes.add(
          Markup.count(empty, "cell")
              + " left empty: not measured, not finite"
              + (map.logarithmic()
                  ? ", or not above 0, which a logarithmic scale cannot show."
                  : "."));
    }
    return notes;
  }

  String description() {
    return map.legend()
        + (isEmpty()
            ? "; no value"
            : ", " + Markup.figure(own.least()) + " to " + Markup.figure(own.most()));
  }

  void draw(Sheet sheet) {
    Grid grid = new Grid(sheet, map.x(), map.y(), 34);
    boolean gaps = grid.cellWidth > 8 && grid.cellHeight > 8;
    for (int level = 0; level < LEVELS; level++) {
      cells(sheet, grid, level, gaps ? 1 : 0);
    }
    figures(sheet, grid);
    grid.names(sheet, map.xLabel(), map.yLabel());
    scale(sheet, grid);
  }

  /** All cells of one color in one path; neighbors in a row become one rectangle. */
  private void cells(Sheet sheet, Grid grid, int level, double gap) {
    Markup path = new Markup();
    for (int r = 0; r < map.y().length; r++) {
      for (int c = 0; c < map.x().length; c++) {
        if (level(r, c) != level) {
          continue;
        }
        int from = c;
        while (gap == 0 && c + 1 < map.x().length && level(r, c + 1) == level) {
          c++;
        }
        path.raw("M").number(grid.x(from)).raw(" ").number(grid.y(r)).raw("H");
        path.number(grid.x(c + 1) - gap).raw("V").number(grid.y(r + 1) - gap).raw("H");
        path.number(grid.x(from)).raw("Z");
      }
    }
    if (!path.toString().isEmpty()) {
      // Without crisp edges neighbors let the background shine through between them.
      String edges = gap == 0 ? " shape-rendering=\"crispEdges\"" : "";
      sheet.markup.raw("<path fill=\"" + color(level) + "\"" + edges + " d=\"" + path + "\"/>");
    }
  }

  private int level(int row, int column) {
    double value = map.values()[row][column];
    if (!map.isDrawn(value)) {
      return -1;
    }
    double share = range.share(value, map.logarithmic());
    return Double.isNaN(share)
        ? LEVELS / 2
        : (int) Math.max(0, Math.min(LEVELS - 1, share * LEVELS));
  }

  private void figures(Sheet sheet, Grid grid) {
    for (int r = 0; r < map.y().length; r++) {
      for (int c = 0; c < map.x().length; c++) {
        String text = Markup.figure(map.values()[r][c]);
        boolean fits = ChartFrame.width(text) + 4 < grid.cellWidth && grid.cellHeight >= 17;
        if (fits) {
          int level = level(r, c);
          String ink = level < 0 ? "soft" : level < LEVELS * 0.55 ? "bright" : "dark";
          double y = grid.y(r) + grid.cellHeight / 2 + 4;
          sheet.text(grid.x(c) + grid.cellWidth / 2, y, "middle", ink, text);
        }
      }
    }
  }

  private void scale(Sheet sheet, Grid grid) {
    double top = grid.bottom + 64;
    double width = Math.min(320, grid.right - 8) / LEVELS;
    sheet.text(4, top - 8, "start", "", map.legend());
    for (int level = 0; level < LEVELS; level++) {
      sheet.box(
          4 + level * width,
          top,
          width,
          12,
          "shape-rendering=\"crispEdges\" fill=\"" + color(level) + "\"");
    }
    sheet.text(4, top + 27, "start", "soft", Markup.figure(range.least()));
    if (range.least() < range.most()) {
      String middle = Markup.figure(range.middle(map.logarithmic()));
      sheet.text(4 + LEVELS * width / 2, top + 27, "middle", "soft", middle);
      sheet.text(4 + LEVELS * width, top + 27, "end", "soft", Markup.figure(range.most()));
    }
    sheet.height = top + 34;
  }

  private static String color(int level) {
    double place = level / (LEVELS - 1.0) * (CIVIDIS.length - 1);
    int from = (int) Math.min(CIVIDIS.length - 2, place);
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double low = CIVIDIS[from] >> shift & 0xFF;
      double high = CIVIDIS[from + 1] >> shift & 0xFF;
      color |= (int) Math.round(low + (place - from) * (high - low)) << shift;
    }
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
