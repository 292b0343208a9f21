package org.recur4j.examples.page;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Curves over one axis.
 *
 * @param title above the chart
 * @param xLabel what lies on the horizontal axis, with its unit
 * @param yLabel what lies on the vertical axis, with its unit
 * @param logY powers of ten at equal distances; values of 0 and below are then gaps, which the
 *     chart counts in words
 * @param lines at least one
 */
public record LineChart(String title, String xLabel, String yLabel, boolean logY, List<Line> lines)
    implements Block {
  /**
   * Checks that there is something to draw.
   *
   * @throws InvalidArgumentException if there is no line
   */
  public LineChart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidArgumentException(
          "chart '" + title + "'", "no line", "at least one", "Leave the chart out");
    }
  }
}
