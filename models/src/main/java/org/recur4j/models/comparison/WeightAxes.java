package org.recur4j.models.comparison;

import java.util.List;
import org.recur4j.api.tensor.Shape;

/**
 * The gradient of weights: {@code [G·H, I]} or {@code [G·H]} of a recurrent layer, any shape else.
 *
 * @param gates names of the blocks of rows; one without a name where there are none
 * @param shape its extents
 */
record WeightAxes(List<String> gates, Shape shape) implements Axes {
  private int columns() {
    return shape.size() / shape.extent(0);
  }

  private int rows() {
    return shape.extent(0) / gates.size();
  }

  @Override
  public long moment(int element) {
    return AFTER;
  }

  @Override
  public int rank(int element) {
    return element / columns() / rows();
  }

  @Override
  public int gateDistance() {
    return gates.size() > 1 ? rows() * columns() : 0;
  }

  @Override
  public Place place(int element) {
    int column = shape.rank() == 1 ? -1 : element % columns();
    int row = element / columns();
    return new Place("", -1, gates.get(rank(element)), -1, row % rows(), column);
  }
}
