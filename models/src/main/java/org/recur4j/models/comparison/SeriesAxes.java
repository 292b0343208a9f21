package org.recur4j.models.comparison;

import java.util.List;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Lengths;

/**
 * What a plan computes at every step, {@code [T, B, D, ·]}: in the order in which each row is
 * walked, one direction after the other.
 *
 * @param spec what the plan computes
 * @param lengths of the rows
 * @param blocks names of the blocks of H features; one without a name where it is no gate
 * @param first place of the first block within a step
 * @param backward whether the walk goes back
 */
record SeriesAxes(
    RecurrentSpec spec, Lengths lengths, List<String> blocks, int first, boolean backward)
    implements Axes {
  /** Within a step after the gates. */
  static final int CELL = 4;

  /** Within a step after the cell state. */
  static final int HIDDEN = 5;

  private int width() {
    return blocks.size() * spec.hiddenSize();
  }

  private int direction(int element) {
    return element / width() % spec.directions();
  }

  private int row(int element) {
    return element / width() / spec.directions() % lengths.batch();
  }

  private int step(int element) {
    return element / width() / spec.directions() / lengths.batch();
  }

  private int block(int element) {
    return element % width() / spec.hiddenSize();
  }

  /** Nothing is computed past a length; what is there is exactly 0, or wrong at the very end. */
  @Override
  public long moment(int element) {
    int step = step(element);
    int length = lengths.get(row(element));
    int direction = direction(element);
    int walked = spec.direction().isReverse(direction) ? length - 1 - step : step;
    int place = step >= length ? lengths.steps() : backward ? length - 1 - walked : walked;
    return (long) direction * (lengths.steps() + 1) + place;
  }

  @Override
  public int rank(int element) {
    return first + block(element);
  }

  @Override
  public int gateDistance() {
    return blocks.size() > 1 ? spec.hiddenSize() : 0;
  }

  @Override
  public Place place(int element) {
    return new Place(
        spec.direction().isReverse(direction(element)) ? "reverse" : "forward",
        step(element),
        blocks.get(block(element)),
        row(element),
        element % spec.hiddenSize(),
        -1);
  }
}
