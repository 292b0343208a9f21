package org.recur4j.backend.nd4j;

import org.recur4j.api.tensor.Shape;

/**
 * NumPy's broadcasting of up to two operands towards a full shape, as runs: stretches of the full
 * shape's elements along which each operand either advances with it or stands still. One instance
 * serves one thread; nothing is allocated.
 */
final class Broadcast {
  private Shape full;
  private int split;
  private int length;
  private int stepA;
  private int stepB;
  private Shape a;
  private Shape b;

  void of(Shape fullShape, Shape shapeA, Shape shapeB) {
    full = fullShape;
    a = shapeA;
    b = shapeB;
    length = 1;
    stepA = -1;
    stepB = -1;
    split = full.rank();
    // Grow the run from the innermost axis for as long as both operands keep their manner.
    while (split > 0) {
      int extent = full.extent(split - 1);
      if (extent > 1) {
        int mannerA = advances(a, split - 1);
        int mannerB = advances(b, split - 1);
        if (stepA >= 0 && (mannerA != stepA || mannerB != stepB)) {
          break;
        }
        stepA = mannerA;
        stepB = mannerB;
      }
      length *= extent;
      split--;
    }
    stepA = Math.max(0, stepA);
    stepB = Math.max(0, stepB);
  }

  int runs() {
    return full.size() / length;
  }

  int length() {
    return length;
  }

  /** 1 if the first operand advances within a run, else 0. */
  int stepA() {
    return stepA;
  }

  int stepB() {
    return stepB;
  }

  /** Where the first operand stands at the beginning of a run. */
  int startA(int run) {
    return start(a, run);
  }

  int startB(int run) {
    return start(b, run);
  }

  private int start(Shape operand, int run) {
    int position = 0;
    int stride = 1;
    int left = run;
    for (int axis = full.rank() - 1; axis >= 0; axis--) {
      int own = extent(operand, axis);
      if (axis < split) {
        position += own > 1 ? left % full.extent(axis) * stride : 0;
        left /= full.extent(axis);
      }
      stride *= own;
    }
    return position;
  }

  private int advances(Shape operand, int axis) {
    return extent(operand, axis) == full.extent(axis) ? 1 : 0;
  }

  /** The operand's extent at an axis of the full shape; missing outer axes count as 1. */
  private int extent(Shape operand, int axis) {
    int own = axis - full.rank() + operand.rank();
    return own < 0 ? 1 : operand.extent(own);
  }
}
