package org.recur4j.api.spi;

import org.recur4j.api.tensor.Shape;

/**
 * The elements of a full shape, divided into runs along its innermost axes so that within a run
 * each of two operands, broadcast by NumPy's rule, either advances with the run (step 1) or repeats
 * one element (step 0). Used by one thread at a time; allocates nothing.
 */
public final class BroadcastRuns {
  private Shape full;
  private Shape first;
  private Shape second;
  private int outerAxes;
  private int length;
  private int firstStep;
  private int secondStep;

  /** Creates an object that has no runs until {@link #plan} is called. */
  public BroadcastRuns() {}

  /**
   * Prepares the runs for two operands. For a single operand, pass its shape twice.
   *
   * @param fullShape the shape that both operands broadcast to
   * @param firstShape the shape of the first operand
   * @param secondShape the shape of the second operand
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
   * Returns the number of elements of the full shape in each run.
   *
   * @return the length, at least 1; run {@code r} begins at element {@code r · length}
   */
  public int length() {
    return length;
  }

  /**
   * Returns the number of runs in the full shape.
   *
   * @return the number, at least 1
   */
  public int count() {
    return full.size() / length;
  }

  /**
   * Returns the step of the first operand within a run.
   *
   * @return 1 if it advances with the run, 0 if it repeats one element
   */
  public int firstStep() {
    return firstStep;
  }

  /**
   * Returns the step of the second operand within a run.
   *
   * @return 1 if it advances with the run, 0 if it repeats one element
   */
  public int secondStep() {
    return secondStep;
  }

  /**
   * Returns the offset of a run in the first operand.
   *
   * @param run the number of the run
   * @return an index, counted from the operand's first element
   */
  public int firstOffset(int run) {
    return offset(first, run);
  }

  /**
   * Returns the offset of a run in the second operand.
   *
   * @param run the number of the run
   * @return an index, counted from the operand's first element
   */
  public int secondOffset(int run) {
    return offset(second, run);
  }

  private int offset(Shape operand, int run) {
    int offset = 0;
    int stride = 1;
    int rest = run;
    // From the innermost axis outwards; only axes outside the run contribute.
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

  /** Returns the operand's extent along an axis of the full shape, or 1 if it has no such axis. */
  private int extent(Shape operand, int axis) {
    int own = axis - full.rank() + operand.rank();
    return own < 0 ? 1 : operand.extent(own);
  }
}
