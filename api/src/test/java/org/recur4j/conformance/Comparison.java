package org.recur4j.conformance;

import java.util.Arrays;

/** Compares numbers and, where they differ, says which, by how much and where to look. */
final class Comparison {
  private Comparison() {}

  /** |got − want| ≤ tolerance · max(1, max |want|), for every element. */
  static void check(String what, double[] got, double[] want, double tolerance, int... shape) {
    double largest = 1;
    for (double value : want) {
      largest = Math.max(largest, Double.isFinite(value) ? Math.abs(value) : 0);
    }
    double limit = tolerance * largest;
    int worst = -1;
    int wrong = 0;
    boolean[] blocks = new boolean[4];
    for (int i = 0; i < want.length; i++) {
      if (!near(got[i], want[i], limit)) {
        wrong++;
        worst = worst < 0 || error(got[i], want[i]) > error(got[worst], want[worst]) ? i : worst;
        blocks[gateBlock(i, shape)] = true;
      }
    }
    if (wrong > 0) {
      throw new AssertionError(
          what
              + Arrays.toString(index(worst, shape))
              + ": got "
              + got[worst]
              + ", want "
              + want[worst]
              + ", error "
              + error(got[worst], want[worst])
              + ", tolerance "
              + limit
              + "; "
              + wrong
              + " of "
              + want.length
              + " elements differ. "
              + hint(what, got[worst], want[worst], blocks));
    }
  }

  /** Bit for bit. */
  static void checkSame(String what, double[] got, double[] want, String hint) {
    for (int i = 0; i < want.length; i++) {
      if (Double.doubleToLongBits(got[i]) != Double.doubleToLongBits(want[i])) {
        throw new AssertionError(
            what + ": element " + i + " is " + got[i] + ", want exactly " + want[i] + ". " + hint);
      }
    }
  }

  private static boolean near(double got, double want, double limit) {
    return Double.isFinite(want) ? Math.abs(got - want) <= limit : Double.compare(got, want) == 0;
  }

  private static double error(double got, double want) {
    double error = Math.abs(got - want);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static int[] index(int element, int... shape) {
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = element % shape[axis];
      element /= shape[axis];
    }
    return index;
  }

  /** Which quarter or third of the first axis: for weights, whose rows are gate blocks. */
  private static int gateBlock(int element, int... shape) {
    int gates = shape.length > 0 && shape[0] % 4 == 0 ? 4 : 3;
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return Math.min(3, (int) ((long) element * gates / Math.max(1, size)));
  }

  private static String hint(String what, double got, double want, boolean... blocks) {
    if (Double.isNaN(got)) {
      return "NaN: either this element was never written (outputs start as NaN) or something past"
          + " a row's length was read (x and dy are NaN there)";
    }
    if (want == 0 && got != 0) {
      return "An exact 0 is wanted where nothing is real: past a length, or for a masked entry";
    }
    int count = 0;
    for (boolean block : blocks) {
      count += block ? 1 : 0;
    }
    if (what.contains("weight") && count < 3) {
      return "Only some gate blocks differ: check the gate order (LSTM i f g o, GRU r z n) and"
          + " which activation each block gets";
    }
    return what.contains("d_") || what.contains("gradient")
        ? "Compare with NaiveRecurrence.backward; does the forward value of the same case pass?"
        : "Compare with NaiveRecurrence.forward step by step; the first wrong time step tells most";
  }
}
