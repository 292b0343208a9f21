package org.recur4j.conformance;

import java.util.Arrays;
import java.util.List;

/** What to look at first where numbers differ; each kind of check knows another place. */
@FunctionalInterface
interface Advice {
  /** Of kernels that compute. */
  Advice KERNEL =
      difference ->
          "The formula is in the kernel's Javadoc; which elements differ tells a wrong index, a"
              + " wrong factor (α, β) and an edge that was left out apart";

  /** Of kernels that only move numbers. */
  Advice MOVED =
      difference ->
          "Nothing is computed here: an element was taken from another place, or not at all";

  /** Of outputs and states, whose first axis is time where there are three axes. */
  Advice FORWARD =
      difference ->
          "Compare with NaiveRecurrence.forward step by step; the first wrong time step tells most";

  /** Of gradients that are not sums over the whole sequence. */
  Advice BACKWARD =
      difference ->
          "The forward values of this case are right. Compare with NaiveRecurrence.backward, from"
              + " the last step to the first";

  /** Of central differences. */
  Advice DIFFERENCES =
      difference ->
          "The gradient does not belong to the forward of the same plan; no oracle is involved";

  String of(Difference difference);

  /** What differs. */
  record Difference(boolean[] elements, double[] got, double[] want, double limit, int[] shape) {}

  /** Of tensors one axis of which is made of gate blocks, first axis or last. */
  static Advice gates(String names, boolean firstAxis, Advice otherwise) {
    return difference -> blocks(List.of(names.split(" ")), firstAxis, difference, otherwise);
  }

  private static String blocks(
      List<String> names, boolean firstAxis, Difference difference, Advice otherwise) {
    int count = names.size();
    int size = difference.want().length;
    int along = firstAxis ? size : difference.shape()[difference.shape().length - 1];
    boolean[] wrong = new boolean[count];
    for (int i = 0; i < size; i++) {
      wrong[block(i, along, count)] |= difference.elements()[i];
    }
    List<String> differing = names.stream().filter(name -> wrong[names.indexOf(name)]).toList();
    if (count == 1 || differing.size() == count) {
      return otherwise.of(difference);
    }
    for (int k = 0; k < count; k++) {
      for (int j = 0; j < count; j++) {
        if (wrong[k] && k != j && holds(difference, k, j, along, count)) {
          return "Block "
              + names.get(k)
              + " holds what belongs into block "
              + names.get(j)
              + ": check the gate order (LSTM i f g o, GRU r z n)";
        }
      }
    }
    return "Only gate block(s) "
        + String.join(" ", differing)
        + " of "
        + String.join(" ", names)
        + " differ: check their order and which activation each gets. "
        + otherwise.of(difference);
  }

  private static int block(int element, int along, int count) {
    return (int) ((long) (element % along) * count / along);
  }

  /** Whether block k of what was got is block j of what was wanted. */
  private static boolean holds(Difference difference, int k, int j, int along, int count) {
    double[] want = difference.want();
    int shift = (j - k) * (along / count);
    boolean varies = Arrays.stream(want).distinct().limit(3).count() == 3;
    for (int i = 0; i < want.length && varies; i++) {
      if (block(i, along, count) == k
          && !(Math.abs(difference.got()[i] - want[i + shift]) <= difference.limit())) {
        return false;
      }
    }
    return varies;
  }
}
