package org.recur4j.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares numbers and, where they differ, says which, by how much and where to look. */
final class Comparison {
  /** Differing entries of an axis that are listed one by one. */
  private static final int LISTED = 4;

  /** Far outside what any case computes from its own operands, far inside what the fences give. */
  private static final double FROM_A_FENCE = 200;

  private Comparison() {}

  /** |got − want| ≤ tolerance · max(1, max |want|), for every element. */
  static void check(
      String what, double[] got, double[] want, double tolerance, Advice advice, int... shape) {
    double largest = 1;
    for (double value : want) {
      largest = Math.max(largest, Double.isFinite(value) ? Math.abs(value) : 0);
    }
    double limit = tolerance * largest;
    int worst = -1;
    int wrong = 0;
    boolean[] differs = new boolean[want.length];
    for (int i = 0; i < want.length; i++) {
      if (!near(got[i], want[i], limit)) {
        wrong++;
        worst = worst < 0 || error(got[i], want[i]) > error(got[worst], want[worst]) ? i : worst;
        differs[i] = true;
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
              + " elements differ"
              + where(differs, shape)
              + ". "
              + hint(new Advice.Difference(differs, got, want, limit, shape), worst, advice));
    }
  }

  /** Several tensors, bit for bit. */
  static void checkSame(String what, List<Contents> got, List<Contents> want, String hint) {
    for (int i = 0; i < want.size(); i++) {
      checkSame(what, got.get(i), want.get(i).values(), hint);
    }
  }

  /** Bit for bit. */
  static void checkSame(String what, Contents got, double[] want, String hint) {
    int first = -1;
    int wrong = 0;
    boolean[] differs = new boolean[want.length];
    for (int i = 0; i < want.length; i++) {
      if (Double.doubleToLongBits(got.values()[i]) != Double.doubleToLongBits(want[i])) {
        first = first < 0 ? i : first;
        wrong++;
        differs[i] = true;
      }
    }
    if (wrong > 0) {
      throw new AssertionError(
          what
              + ": "
              + got.name()
              + Arrays.toString(index(first, got.shape()))
              + " is "
              + got.values()[first]
              + ", want exactly "
              + want[first]
              + "; "
              + wrong
              + " of "
              + want.length
              + " elements differ"
              + where(differs, got.shape())
              + ". "
              + hint);
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

  /** The axes along which only some entries are touched, and which those are. */
  private static String where(boolean[] differs, int... shape) {
    StringBuilder text = new StringBuilder();
    int inner = differs.length;
    for (int axis = 0; axis < shape.length; axis++) {
      inner /= shape[axis];
      TreeSet<Integer> touched = new TreeSet<>();
      for (int i = 0; i < differs.length; i++) {
        if (differs[i]) {
          touched.add(i / inner % shape[axis]);
        }
      }
      if (touched.size() < shape[axis]) {
        text.append(", on axis ").append(axis).append(" only at ").append(entries(touched));
      }
    }
    return text.toString();
  }

  private static String entries(SortedSet<Integer> touched) {
    if (touched.size() <= LISTED) {
      return touched.toString();
    }
    return touched.size() + " entries from " + touched.first() + " to " + touched.last();
  }

  private static String hint(Advice.Difference difference, int worst, Advice advice) {
    double got = difference.got()[worst];
    double want = difference.want()[worst];
    if (Double.isNaN(got)) {
      return "NaN: either this element was never written (outputs start as NaN), or something was"
          + " read that must not be: past a row's length, behind a mask, or old contents"
          + " where β = 0";
    }
    if (Math.abs(got) > FROM_A_FENCE && Math.abs(want) < FROM_A_FENCE / 2) {
      return "Every operand is a window in the middle of a larger tensor whose edges hold "
          + Bench.SENTINEL
          + "; this value comes from an edge. Something was read outside the window: add offset()"
          + " to the index, and check the extents";
    }
    if (want == 0 && got != 0 && difference.limit() == 0) {
      return "An exact 0 is wanted where nothing is real: past a length, or for a masked entry";
    }
    return advice.of(difference);
  }
}
