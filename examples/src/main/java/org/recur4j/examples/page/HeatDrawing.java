package org.recur4j.examples.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.recur4j.examples.page.ChartFrame.Sheet;

/**
 * Draws values as colours of cividis (Nuñez, Anderton and Renslow 2018), whose brightness grows
 * evenly for every colour vision, and in grey.
 */
final class HeatDrawing {
  private static final int LEVELS = 32;
  private static final int[] CIVIDIS = {
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
    0xFEE838
  };

  private final HeatMap map;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int empty;

  HeatDrawing(HeatMap map) {
    this.map = map;
    for (double[] row : map.values()) {
      for (double value : row) {
        if (isDrawn(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        } else {
          empty++;
        }
      }
    }
  }

  boolean isEmpty() {
    return least > most;
  }

  private boolean isDrawn(double value) {
    return Double.isFinite(value) && (!map.logarithmic() || value > 0);
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
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
        + (isEmpty() ? "; no value" : ", " + Markup.figure(least) + " to " + Markup.figure(most));
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

  /** All cells of one colour in one path; neighbours in a row become one rectangle. */
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
      // Without crisp edges neighbours let the background shine through between them.
      String edges = gap == 0 ? " shape-rendering=\"crispEdges\"" : "";
      sheet.markup.raw("<path fill=\"" + colour(level) + "\"" + edges + " d=\"" + path + "\"/>");
    }
  }

  private int level(int row, int column) {
    double value = map.values()[row][column];
    if (!isDrawn(value)) {
      return -1;
    }
    double share =
        map.logarithmic()
            ? Math.log(value / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return Double.isNaN(share) ? LEVELS / 2 : (int) Math.min(LEVELS - 1, share * LEVELS);
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
          "shape-rendering=\"crispEdges\" fill=\"" + colour(level) + "\"");
    }
    double middle = map.logarithmic() ? Math.sqrt(least) * Math.sqrt(most) : (least + most) / 2;
    sheet.text(4, top + 27, "start", "soft", Markup.figure(least));
    if (least < most) {
      sheet.text(4 + LEVELS * width / 2, top + 27, "middle", "soft", Markup.figure(middle));
      sheet.text(4 + LEVELS * width, top + 27, "end", "soft", Markup.figure(most));
    }
    sheet.height = top + 34;
  }

  private static String colour(int level) {
    double place = level / (LEVELS - 1.0) * (CIVIDIS.length - 1);
    int from = (int) Math.min(CIVIDIS.length - 2, place);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double low = CIVIDIS[from] >> shift & 0xFF;
      double high = CIVIDIS[from + 1] >> shift & 0xFF;
      colour |= (int) Math.round(low + (place - from) * (high - low)) << shift;
    }
    return String.format(Locale.ROOT, "#%06x", colour);
  }
}
