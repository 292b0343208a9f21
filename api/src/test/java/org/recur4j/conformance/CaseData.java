package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.reference.NaiveGradients;
import org.recur4j.api.reference.NaiveInput;
import org.recur4j.api.reference.NaiveRecurrence;
import org.recur4j.api.reference.NaiveResult;
import org.recur4j.api.reference.NaiveWeights;

/** The numbers of a case and, once somebody asks, what the oracle makes of them. */
final class CaseData {
  /** Half the distance of a ReLU case's pre-activations from the kink, by construction. */
  private static final double KINK = 1.0 / 512;

  /** A pre-activation far beyond where tanh and the logistic function are 1 or 0. */
  private static final double SATURATED = 60;

  /** What a mask multiplies by where it does not hide: inverted dropout of every second unit. */
  private static final int KEPT = 2;

  private final boolean relu;
  private final NaiveRecurrence oracle;
  private final NaiveInput in;
  private final List<NaiveWeights> weights;
  private final double[] dy;
  private final double[] dLastHidden;
  private final double[] dLastCell;
  private NaiveResult result;
  private NaiveGradients gradients;

  private CaseData(RecurrentCase c, Numbers numbers, List<NaiveWeights> given) {
    relu = c.variant() == RecurrentCase.Variant.VANILLA_RELU;
    boolean lstm = c.spec().hasCellState();
    int directions = c.direction().count();
    double[] x =
        relu
            ? numbers.odd(c.steps() * c.batch() * c.input())
            : numbers.uniform(c.steps() * c.batch() * c.input(), 1);
    poison(x, c, c.input());
    int state = directions * c.batch() * c.hidden();
    double[] hidden = null;
    double[] cell = null;
    if (c.initial()) {
      hidden = relu ? numbers.odd(state) : numbers.uniform(state, c.isFar() ? 3 : 1);
      cell = lstm ? numbers.uniform(state, c.isFar() ? 12 : 1) : null;
    }
    double[] mask =
        c.hiddenMask() ? Numbers.fill(state, i -> numbers.below(4) == 0 ? 0 : KEPT) : null;
    in = new NaiveInput(c.steps(), c.batch(), x, c.lengths(), hidden, cell, mask);
    weights = given == null ? drawWeights(c, numbers) : given;
    int outputs = directions * c.hidden();
    dy = numbers.uniform(c.steps() * c.batch() * outputs, 1);
    poison(dy, c, outputs);
    dLastHidden = numbers.uniform(state, 1);
    dLastCell = lstm ? numbers.uniform(state, 1) : null;
    oracle = new NaiveRecurrence(c.spec(), weights);
  }

  static CaseData of(RecurrentCase c) {
    return new CaseData(c, new Numbers(c.toString().hashCode()), null);
  }

  /** Other inputs and gradients for weights that are there already. */
  static CaseData of(RecurrentCase c, List<NaiveWeights> weights, int seed) {
    return new CaseData(c, new Numbers(31L * c.toString().hashCode() + seed), weights);
  }

  /** Other weights for a case. */
  static List<NaiveWeights> otherWeights(RecurrentCase c) {
    return drawWeights(c, new Numbers(c.toString().hashCode() + 1L));
  }

  /** The same inputs and gradients with other weights. */
  CaseData with(RecurrentCase c, List<NaiveWeights> other) {
    return new CaseData(this, c, other);
  }

  private CaseData(CaseData same, RecurrentCase c, List<NaiveWeights> other) {
    relu = same.relu;
    in = same.in;
    dy = same.dy;
    dLastHidden = same.dLastHidden;
    dLastCell = same.dLastCell;
    weights = other;
    oracle = new NaiveRecurrence(c.spec(), other);
  }

  NaiveInput in() {
    return in;
  }

  List<NaiveWeights> weights() {
    return weights;
  }

  double[] dy() {
    return dy;
  }

  double[] dLastHidden() {
    return dLastHidden;
  }

  /** Null unless LSTM. */
  double[] dLastCell() {
    return dLastCell;
  }

  NaiveResult result() {
    if (result == null) {
      result = oracle.forward(in);
      if (relu) {
        checkAwayFromKink(result.gates());
      }
    }
    return result;
  }

  NaiveGradients gradients() {
    if (gradients == null) {
      gradients = gradients(true, true);
    }
    return gradients;
  }

  /** The gradients when a part of ∂L/∂output is absent. */
  NaiveGradients gradients(boolean ofOutput, boolean ofLast) {
    return gradients(ofOutput, ofLast, ofLast);
  }

  NaiveGradients gradients(boolean ofOutput, boolean ofLastHidden, boolean ofLastCell) {
    return oracle.backward(
        in, ofOutput ? dy : null, ofLastHidden ? dLastHidden : null, ofLastCell ? dLastCell : null);
  }

  private static List<NaiveWeights> drawWeights(RecurrentCase c, Numbers numbers) {
    boolean relu = c.variant() == RecurrentCase.Variant.VANILLA_RELU;
    List<NaiveWeights> all = new ArrayList<>();
    for (int d = 0; d < c.direction().count(); d++) {
      all.add(relu ? exactWeights(c, numbers) : weights(c, numbers));
    }
    return List.copyOf(all);
  }

  private static NaiveWeights weights(RecurrentCase c, Numbers numbers) {
    int rows = c.spec().gates() * c.hidden();
    double bound = 1 / Math.sqrt(c.hidden());
    // The mask multiplies what W_hh multiplies. Unless that is made up for here, an error in h of a
    // vanilla cell grows up to 200 times in 17 steps, and rounding alone exceeds the tolerance.
    double recurrent = c.hiddenMask() ? bound / KEPT : bound;
    double[] weightIh = numbers.uniform(rows * c.input(), bound);
    double[] weightHh = numbers.uniform(rows * c.hidden(), recurrent);
    double[] biasIh = c.biases() == Biases.NONE ? null : numbers.uniform(rows, 0.5);
    if (c.isFar()) {
      // Every gate of one unit is open, so that an LSTM's c grows with every step; every gate of
      // the next is shut.
      for (int row = 0; row < rows; row += c.hidden()) {
        biasIh[row] = SATURATED;
        biasIh[row + 1] = -SATURATED;
      }
    }
    return new NaiveWeights(
        weightIh,
        weightHh,
        biasIh,
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
