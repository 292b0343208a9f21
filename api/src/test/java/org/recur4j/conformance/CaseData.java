package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;

/** The numbers of a case, and what the oracle makes of them. */
record CaseData(
    NaiveInput in,
    List<NaiveWeights> weights,
    double[] dy,
    double[] dLastHidden,
    double[] dLastCell,
    NaiveResult result,
    NaiveGradients gradients) {
  /** Half the distance of a ReLU case's pre-activations from the kink, by construction. */
  private static final double KINK = 1.0 / 512;

  static CaseData of(RecurrentCase c) {
    boolean relu = c.variant() == RecurrentCase.Variant.VANILLA_RELU;
    boolean lstm = c.spec().hasCellState();
    Numbers numbers = new Numbers(c.toString().hashCode());
    int directions = c.direction().count();
    int outputs = directions * c.hidden();
    double[] x =
        relu
            ? numbers.odd(c.steps() * c.batch() * c.input())
            : numbers.uniform(c.steps() * c.batch() * c.input(), 1);
    poison(x, c, c.input());
    int state = directions * c.batch() * c.hidden();
    double[] hidden = null;
    double[] cell = null;
    if (c.initial()) {
      hidden = relu ? numbers.odd(state) : numbers.uniform(state, 1);
      cell = lstm ? numbers.uniform(state, 1) : null;
    }
    double[] mask =
        c.hiddenMask() ? Numbers.fill(state, i -> numbers.below(4) == 0 ? 0 : 4.0 / 2) : null;
    NaiveInput in = new NaiveInput(c.steps(), c.batch(), x, c.lengths(), hidden, cell, mask);
    List<NaiveWeights> weights = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      weights.add(relu ? exactWeights(c, numbers) : weights(c, numbers));
    }
    double[] dy = numbers.uniform(c.steps() * c.batch() * outputs, 1);
    poison(dy, c, outputs);
    double[] dLastHidden = numbers.uniform(state, 1);
    double[] dLastCell = lstm ? numbers.uniform(state, 1) : null;
    NaiveRecurrence oracle = new NaiveRecurrence(c.spec(), weights);
    NaiveResult result = oracle.forward(in);
    if (relu) {
      checkAwayFromKink(result.gates());
    }
    return new CaseData(
        in,
        weights,
        dy,
        dLastHidden,
        dLastCell,
        result,
        oracle.backward(in, dy, dLastHidden, dLastCell));
  }

  private static NaiveWeights weights(RecurrentCase c, Numbers numbers) {
    int rows = c.spec().gates() * c.hidden();
    double bound = 1 / Math.sqrt(c.hidden());
    return new NaiveWeights(
        numbers.uniform(rows * c.input(), bound),
        numbers.uniform(rows * c.hidden(), bound),
        c.biases() == Biases.NONE ? null : numbers.uniform(rows, 0.5),
        c.biases() == Biases.DOUBLE ? numbers.uniform(rows, 0.5) : null);
  }

  /**
   * Weights for ReLU: every pre-activation is an odd multiple of 1/256, computed without rounding,
   * so that each element is on the same side of the kink in every precision and order of summation.
   * Inputs and the first column of W_ih are odd multiples of 1/16, its other columns even ones;
   * W_hh is even and leads from units of one third to the next, which bounds growth.
   */
  private static NaiveWeights exactWeights(RecurrentCase c, Numbers numbers) {
    int rows = c.hidden();
    double[] odd = numbers.odd(rows);
    double[] even = numbers.even(rows * c.input());
    double[] weightIh =
        Numbers.fill(rows * c.input(), i -> i % c.input() == 0 ? odd[i / c.input()] : even[i]);
    double[] weightHh =
        Numbers.fill(
            rows * rows,
            i -> {
              boolean next = i / rows % 3 == i % rows % 3 + 1;
              return next && numbers.below(Math.max(2, rows / 3)) < 2
                  ? 4 * numbers.below(2) - 2
                  : 0;
            });
    return new NaiveWeights(
        weightIh,
        weightHh,
        c.biases() == Biases.NONE ? null : numbers.even(rows),
        c.biases() == Biases.DOUBLE ? numbers.even(rows) : null);
  }

  private static void checkAwayFromKink(double... activated) {
    for (double value : activated) {
      if (value != 0 && value < 2 * KINK) {
        throw new AssertionError("the kit made a ReLU case with pre-activation " + value);
      }
    }
  }

  /** NaN past every row's length: whoever reads there shows it. */
  private static void poison(double[] values, RecurrentCase c, int features) {
    int[] lengths = c.lengths();
    for (int i = 0; i < values.length; i++) {
      int row = i / features % c.batch();
      int time = i / features / c.batch();
      values[i] = time < lengths[row] ? values[i] : Double.NaN;
    }
  }
}
