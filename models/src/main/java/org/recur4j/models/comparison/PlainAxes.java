package org.recur4j.models.comparison;

import org.recur4j.api.tensor.Shape;

/**
 * A tensor between layers: {@code [T, B, F]}, {@code [B, F]}, or of a shape that says nothing.
 *
 * @param shape its extents
 * @param batch B
 * @param moment of all its elements
 */
record PlainAxes(Shape shape, int batch, long moment) implements Axes {
  @Override
  public long moment(int element) {
    return moment;
  }

  @Override
  public Place place(int element) {
    int last = shape.extent(-1);
    int unit = element % last;
    if (shape.rank() == 3 && shape.extent(1) == batch) {
      return new Place("", element / last / batch, "", element / last % batch, unit, -1);
    }
    if (shape.rank() == 2 && shape.extent(0) == batch) {
      return new Place("", -1, "", element / last, unit, -1);
    }
    return new Place("", -1, "", -1, element, -1);
  }
}
