package org.recur4j.api.spi;

import org.recur4j.api.tensor.Shape;

/**
 * The elements of a full shape as runs along its innermost axes, such that each of two operands,
 * broadcast by NumPy's rule, either runs along (step 1) or repeats one element (step 0) within a
 * run. Used by one thread at a time; allocates nothing.
 */
public final class BroadcastRuns {
  private Shape full;
  private Shape first;
  private Shape second;
  private int outerAxes;
  private int length;
  private int firstStep;
  private int secondStep;

  /** Runs of nothing, until {@link #plan}. */
  public BroadcastRuns() {}

  /**
   * Prepares the runs for two operands; give the same shape twice for one.
   *
   * @param fullShape the shape that both broadcast to
   * @param firstShape the first operand's
   * @param secondShape the second operand's
   */
  public void plan(Shape fullShape, Shape firstShape, Shape secondShape) {
    full = fullShape;
    first = firstShape;
    second = secondShape;
    length = 1;
    firstStep = -1;
    secondStep = -1;
    int axis = full.rank() - 1;
    for (; axis >= 0; axis--) {
      int extent = full.extent(axis);
      if (extent > 1) {
        int a = extent(first, axis) == extent ? 1 : 0;
        int b = extent(second, axis) == extent ? 1 : 0;
        if (firstStep >= 0 && (a != firstStep || b != secondStep)) {
          break;
        }
        firstStep = a;
        secondStep = b;
      }
      length *= extent;
    }
    outerAxes = axis + 1;
    firstStep = Math.max(firstStep, 0);
    secondStep = Math.max(secondStep, 0);
  }

  /**
   * Elements of the full shape in each run.
   *
   * @return at least 1; run {@code r} begins at element {@code r · length}
   */
  public int length() {
    return length;
  }

  /**
   * How many runs make up the full shape.
   *
   * @return at least 1
   */
  public int count() {
    return full.size() / length;
  }

  /**
   * How the first operand moves within a run.
   *
   * @return 1 if it runs along, 0 if it repeats one element
   */
  public int firstStep() {
    return firstStep;
  }

  /**
   * How the second operand moves within a run.
   *
   * @return 1 if it runs along, 0 if it repeats one element
   */
  public int secondStep() {
    return secondStep;
  }

  /**
   * Where a run begins in the first operand.
   *
   * @param run which run
   * @return an element, counted from the operand's first
   */
  public int firstOffset(int run) {
    return offset(first, run);
  }

  /**
   * Where a run begins in the second operand.
   *
   * @param run which run
   * @return an element, counted from the operand's first
   */
  public int secondOffset(int run) {
    return offset(second, run);
  }

  private int offset(Shape operand, int run) {
    int offset = 0;
    int stride = 1;
    int rest = run;
    // From the innermost axis outwards; only axes outside the run advance with it.
    for (int axis = full.rank() - 1; axis >= 0; axis--) {
      int extent = extent(operand, axis);
      if (axis < outerAxes) {
        int index = rest % full.extent(axis);
        rest /= full.extent(axis);
        if (extent > 1) {
          offset += index * stride;
        }
      }
      stride *= extent;
    }
    return offset;
  }

  /** The operand's extent at an axis of the full shape: 1 where it has no such axis. */
  private int extent(Shape operand, int axis) {
    int own = axis - full.rank() + operand.rank();
    return own < 0 ? 1 : operand.extent(own);
  }
}
