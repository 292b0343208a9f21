package org.recur4j.models.parity;

import java.util.List;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Shape;

/**
 * The meaning of a tensor's elements and the order in which they are computed within an operation.
 */
sealed interface Axes {
  /** The moment of values that exist before the first step. */
  long BEFORE = -1;

  /** The moment of values that are complete after the last step. */
  long AFTER = Long.MAX_VALUE / 16;

  /** Returns the moment of an element; elements with a smaller moment are computed earlier. */
  long moment(int element);

  /** Returns the order within a moment: the gate, in the stored order. */
  default int rank(int element) {
    return 0;
  }

  /** Returns the distance between the same elements of adjacent gates; 0 without gates. */
  default int gateDistance() {
    return 0;
  }

  /** Returns the coordinates of an element. */
  ElementPosition place(int element);

  /** Returns the order of computation; smaller is earlier. */
  default long order(int element) {
    return 8 * moment(element) + rank(element);
  }

  /**
   * A tensor between layers: {@code [T, B, F]}, {@code [B, F]}, or of another shape.
   *
   * @param shape shape of the tensor
   * @param batch B
   * @param moment moment of all its elements
   */
  record Plain(Shape shape, int batch, long moment) implements Axes {
    @Override
    public long moment(int element) {
      return moment;
    }

    @Override
    public ElementPosition place(int element) {
      int last = shape.extent(-1);
      int unit = element % last;
      if (shape.rank() == 3 && shape.extent(1) == batch) {
        return new ElementPosition(
            "", element / last / batch, "", element / last % batch, unit, -1);
      }
      if (shape.rank() == 2 && shape.extent(0) == batch) {
        return new ElementPosition("", -1, "", element / last, unit, -1);
      }
      return new ElementPosition("", -1, "", -1, element, -1);
    }
  }

  /**
   * The values that a plan computes at every step, {@code [T, B, D, ·]}, ordered as each row is
   * processed, one direction after the other.
   *
   * @param spec specification of the plan
   * @param lengths lengths of the rows
   * @param blocks names of the blocks of H features; an empty name if there are no gates
   * @param first rank of the first block within a step
   * @param backward whether steps are processed in reverse
   */
  record Series(
      RecurrentSpec spec, Lengths lengths, List<String> blocks, int first, boolean backward)
      implements Axes {
    /** The rank of the cell state, after the gates. */
    static final int CELL = 4;

    /** The rank of the hidden state, after the cell state. */
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

    /**
     * Steps past a length come last, because nothing is computed there: they are 0 unless something
     * is wrong.
     */
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
    public ElementPosition place(int element) {
      return new ElementPosition(
          spec.direction().isReverse(direction(element)) ? "reverse" : "forward",
          step(element),
          blocks.get(block(element)),
          row(element),
          element % spec.hiddenSize(),
          -1);
    }
  }

  /**
   * A state after each row's last step, {@code [D, B, H]}.
   *
   * @param spec specification of the plan
   * @param batch B
   */
  record Last(RecurrentSpec spec, int batch) implements Axes {
    @Override
    public long moment(int element) {
      return AFTER;
    }

    @Override
    public ElementPosition place(int element) {
      int size = spec.hiddenSize();
      boolean reverse = spec.direction().isReverse(element / size / batch);
      int row = element / size % batch;
      return new ElementPosition(reverse ? "reverse" : "forward", -1, "", row, element % size, -1);
    }
  }

  /**
   * The gradient of weights: {@code [G·H, I]} or {@code [G·H]} for a recurrent layer, else of any
   * shape.
   *
   * @param gates names of the blocks of rows; an empty name if there are no gates
   * @param shape shape of the tensor
   */
  record Weights(List<String> gates, Shape shape) implements Axes {
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
    public ElementPosition place(int element) {
      int column = shape.rank() == 1 ? -1 : element % columns();
      int row = element / columns();
      return new ElementPosition("", -1, gates.get(rank(element)), -1, row % rows(), column);
    }
  }
}
