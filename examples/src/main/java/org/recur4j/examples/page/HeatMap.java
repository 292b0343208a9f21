package org.recur4j.examples.page;

import java.util.List;
import java.util.stream.Stream;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Values over two axes, as colors from dark (least) to bright (most). Where there is room the
 * values stand in the cells too.
 *
 * @param title above the chart
 * @param xLabel what the columns are
 * @param yLabel what the rows are
 * @param x name of each column
 * @param y name of each row, from top to bottom
 * @param values [row][column]; NaN, and on a logarithmic scale 0 and below, is an empty cell
 * @param legend what the colors mean, with the unit
 * @param logarithmic equal steps of color are equal ratios
 * @param range what the colors' ends stand for; null for this map's own least and most
 */
public record HeatMap(
    String title,
    String xLabel,
    String yLabel,
    String[] x,
    String[] y,
    double[][] values,
    String legend,
    boolean logarithmic,
    ColorRange range)
    implements Block {
  /**
   * Checks and copies the values.
   *
   * @throws InvalidArgumentException if there is no cell, or not a value for each
   */
  public HeatMap {
    x = x.clone();
    y = y.clone();
    values = Stream.of(values).map(double[]::clone).toArray(double[][]::new);
    int columns = x.length;
    boolean complete = Stream.of(values).allMatch(row -> row.length == columns);
    if (columns == 0 || y.length == 0 || values.length != y.length || !complete) {
      throw new InvalidArgumentException(
          "heat map '" + title + "'",
          values.length + " rows for " + y.length + " by " + columns + " names",
          "a row for each y with a value for each x, at least one",
          "Use NaN for what is not known");
    }
  }

  /**
   * Values with a range of their own.
   *
   * @param title above the chart
   * @param xLabel what the columns are
   * @param yLabel what the rows are
   * @param x name of each column
   * @param y name of each row, from top to bottom
   * @param values [row][column]; NaN, and on a logarithmic scale 0 and below, is an empty cell
   * @param legend what the colors mean, with the unit
   * @param logarithmic equal steps of color are equal ratios
   */
  public HeatMap(
      String title,
      String xLabel,
      String yLabel,
      String[] x,
      String[] y,
      double[][] values,
      String legend,
      boolean logarithmic) {
    this(title, xLabel, yLabel, x, y, values, legend, logarithmic, null);
  }

  /**
   * Values on a linear scale.
   *
   * @param title above the chart
   * @param xLabel what the columns are
   * @param yLabel what the rows are
   * @param x name of each column
   * @param y name of each row, from top to bottom
   * @param values [row][column]; NaN is an empty cell
   * @param legend what the colors mean, with the unit
   */
  public HeatMap(
      String title,
      String xLabel,
      String yLabel,
      String[] x,
      String[] y,
      double[][] values,
      String legend) {
    this(title, xLabel, yLabel, x, y, values, legend, false);
  }

  /**
   * The same maps in the same colors, so that a cell of one can be compared with a cell of another
   * at a glance.
   *
   * @param maps any number, of values of one kind
   * @return as many, whose colors range over the values of all
   */
  public static List<HeatMap> inOneRange(List<HeatMap> maps) {
    ColorRange range = ColorRange.of(maps);
    return maps.stream()
        .map(
            m ->
                new HeatMap(
                    m.title,
                    m.xLabel,
                    m.yLabel,
                    m.x,
                    m.y,
                    m.values,
                    m.legend,
                    m.logarithmic,
                    range))
        .toList();
  }

  boolean isDrawn(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }
}
