package org.recur4j.models.comparison;

import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * A state after each row's last step, {@code [D, B, H]}.
 *
 * @param spec what the plan computes
 * @param batch B
 */
record LastAxes(RecurrentSpec spec, int batch) implements Axes {
  @Override
  public long moment(int element) {
    return AFTER;
  }

  @Override
  public Place place(int element) {
    int size = spec.hiddenSize();
    boolean reverse = spec.direction().isReverse(element / size / batch);
    int row = element / size % batch;
    return new Place(reverse ? "reverse" : "forward", -1, "", row, element % size, -1);
  }
}
