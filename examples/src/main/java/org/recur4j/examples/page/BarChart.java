package org.recur4j.examples.page;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;

/**
 * Figures as bars from 0, with their intervals.
 *
 * @param title above the chart
 * @param unit of all figures, e.g. "ms"
 * @param bars at least one
 */
public record BarChart(String title, String unit, List<Bar> bars) implements Block {
  /**
   * Checks that there is something to draw.
   *
   * @throws InvalidArgumentException if there is no bar
   */
  public BarChart {
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new InvalidArgumentException(
          "chart '" + title + "'", "no bar", "at least one", "Leave the chart out");
    }
  }
}
