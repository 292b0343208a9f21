package org.recur4j.examples.page;

import org.recur4j.examples.page.ChartFrame.Sheet;

/** Cells over two axes with names. */
final class Grid {
  private static final int TOP = 24;
  private static final double MOST_HEIGHT = 320;

  final double left;
  final double right;
  final double bottom;
  final double cellWidth;
  final double cellHeight;
  private final String[] columns;
  private final String[] rows;

  /** Rows are as high as asked for as long as the whole stays on a screen. */
  Grid(Sheet sheet, String[] columns, String[] rows, double wantedHeight) {
    this.columns = columns;
    this.rows = rows;
    double names = 0;
    for (String row : rows) {
      names = Math.max(names, ChartFrame.width(row));
    }
    left = 8 + Math.min(names, sheet.size.width * 0.3);
    right = sheet.size.width - 14;
    cellWidth = (right - left) / columns.length;
    cellHeight = Math.min(wantedHeight, MOST_HEIGHT / rows.length);
    bottom = TOP + cellHeight * rows.length;
  }

  double x(int column) {
    return left + column * cellWidth;
  }

  double y(int row) {
    return TOP + row * cellHeight;
  }

  /** The next round number, so that named steps are round ones. */
  private static int stride(double least) {
    for (int power = 1; ; power *= 10) {
      for (int round : new int[] {1, 2, 5}) {
        if (round * power >= least) {
          return round * power;
        }
      }
    }
  }

  /** Names as many as find room, at equal distances. */
  void names(Sheet sheet, String xLabel, String yLabel) {
    double widest = 0;
    for (String column : columns) {
      widest = Math.max(widest, ChartFrame.width(column) + 10);
    }
    int columnStride = stride(widest / cellWidth);
    for (int c = 0; c < columns.length; c += columnStride) {
      double middle = x(c) + cellWidth / 2;
      sheet.text(middle, bottom + 16, "middle", "soft", columns[c]);
      if (columnStride > 1) {
        sheet.segment(middle, bottom, middle, bottom + 4, "edge");
      }
    }
    int rowStride = stride(15 / cellHeight);
    for (int r = 0; r < rows.length; r += rowStride) {
      sheet.text(left - 6, y(r) + cellHeight / 2 + 4, "end", "soft", rows[r]);
    }
    sheet.text(0, 13, "start", "soft", yLabel);
    sheet.text(right, bottom + 34, "end", "soft", xLabel);
  }
}
