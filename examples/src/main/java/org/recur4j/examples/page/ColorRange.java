package org.recur4j.examples.page;

import java.util.List;

/**
 * The values that the darkest and the brightest color of a heat map stand for. Maps with the same
 * range can be compared cell by cell.
 *
 * @param least darkest; above {@code most} where there is no value
 * @param most brightest
 */
public record ColorRange(double least, double most) {
  private static final ColorRange NOTHING =
      new ColorRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /**
   * The range of everything that some maps draw.
   *
   * @param maps any number
   * @return from the least value of all to the greatest
   */
  public static ColorRange of(List<HeatMap> maps) {
    ColorRange range = NOTHING;
    for (HeatMap map : maps) {
      for (double[] row : map.values()) {
        for (double value : row) {
          range = map.isDrawn(value) ? range.with(value) : range;
        }
      }
    }
    return range;
  }

  private ColorRange with(double value) {
    return new ColorRange(Math.min(least, value), Math.max(most, value));
  }

  boolean isEmpty() {
    return least > most;
  }

  /** Where a value is between the ends, 0 to 1; NaN where they are one. */
  double share(double value, boolean logarithmic) {
    return logarithmic
        ? Math.log(value / least) / Math.log(most / least)
        : (value - least) / (most - least);
  }

  /** What is as far from one end as from the other. */
  double middle(boolean logarithmic) {
    return logarithmic ? Math.sqrt(least) * Math.sqrt(most) : (least + most) / 2;
  }
}
