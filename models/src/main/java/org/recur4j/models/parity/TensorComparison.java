package org.recur4j.models.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.recur4j.api.tensor.DataType;

/** The comparison of one tensor with its reference. */
final class TensorComparison {
  private final ParityPhase stage;
  private final Quantity got;
  private final Quantity want;
  private final double allowed;
  private final TensorDifference difference;
  private int worst = -1;
  private long order = Long.MAX_VALUE;

  TensorComparison(Quantity got, Quantity want, Bound bound, DataType type) {
    this.stage = bound.stage();
    this.got = got;
    this.want = want;
    double scale = 0;
    for (double value : want.values()) {
      scale = Math.max(scale, Double.isFinite(value) ? Math.abs(value) : 0);
    }
    this.allowed = bound.of(scale);
    this.difference = measure(scale, type);
  }

  /** Computes the differences and finds the first element beyond the tolerance. */
  private TensorDifference measure(double scale, DataType type) {
    double floor = lastPlace(scale, type);
    double absolute = 0;
    double relative = 0;
    double ulps = 0;
    long beyond = 0;
    for (int i = 0; i < want.values().length; i++) {
      double distance = TensorDifference.between(got.values()[i], want.values()[i]);
      double magnitude = Math.max(floor, Math.abs(want.values()[i]));
      absolute = Math.max(absolute, distance);
      relative = Math.max(relative, distance == 0 ? 0 : distance / magnitude);
      ulps = Math.max(ulps, distance == 0 ? 0 : distance / lastPlace(magnitude, type));
      if (distance > allowed) {
        beyond++;
        keepEarliest(i, distance);
      }
    }
    return new TensorDifference(
        stage,
        want.layer(),
        want.name(),
        want.values().length,
        scale,
        absolute,
        relative,
        ulps,
        absolute / lastPlace(Math.max(scale, Double.MIN_NORMAL), type),
        absolute / allowed,
        beyond);
  }

  private void keepEarliest(int element, double distance) {
    long when = want.axes().order(element);
    if (when < order || (when == order && distance > distance(worst))) {
      order = when;
      worst = element;
    }
  }

  private double distance(int element) {
    return TensorDifference.between(got.values()[element], want.values()[element]);
  }

  private static double lastPlace(double magnitude, DataType type) {
    return type == DataType.FLOAT64 ? Math.ulp(magnitude) : Math.ulp((float) magnitude);
  }

  TensorDifference difference() {
    return difference;
  }

  boolean diverges() {
    return worst >= 0;
  }

  /** Returns the order of the first element beyond the tolerance. */
  long order() {
    return order;
  }

  String label() {
    return want.label();
  }

  /**
   * Returns the first divergence, of computation number {@code time} of {@code times} of the
   * tensor.
   */
  Divergence divergence(int time, int times) {
    Axes axes = want.axes();
    long moment = axes.moment(worst);
    Map<Integer, String> gates = new TreeMap<>();
    for (int i = 0; i < want.values().length; i++) {
      if (distance(i) > allowed && axes.moment(i) == moment) {
        gates.put(axes.rank(i), axes.place(i).gate());
      }
    }
    gates.values().removeIf(String::isEmpty);
    return new Divergence(
        stage,
        want.layer(),
        want.name(),
        axes.place(worst),
        got.values()[worst],
        want.values()[worst],
        allowed,
        new ArrayList<>(gates.values()),
        times == 1 ? hint(gates, moment) : (repeated(time, times) + hint(gates, moment)).strip());
  }

  /** Distinguishes the steps of a decoder, or of a cell without a plan, by their number. */
  private static String repeated(int time, int times) {
    return "This tensor is computed " + times + " times; this is number " + time + ". ";
  }

  private String hint(Map<Integer, String> gates, long moment) {
    double value = got.values()[worst];
    if (!Double.isFinite(value)) {
      return "Not a finite number: uninitialized memory or an overflow";
    }
    List<Integer> ranks = new ArrayList<>(gates.keySet());
    for (int a = 0; a < ranks.size(); a++) {
      for (int b = a + 1; b < ranks.size(); b++) {
        if (exchanged(ranks.get(a), ranks.get(b), moment)) {
          return "Gates "
              + gates.get(ranks.get(a))
              + " and "
              + gates.get(ranks.get(b))
              + " look exchanged: each has the values expected of the other";
        }
      }
    }
    return "";
  }

  private boolean exchanged(int a, int b, long moment) {
    Axes axes = want.axes();
    int distance = (b - a) * axes.gateDistance();
    for (int i = 0; i < want.values().length; i++) {
      if (axes.rank(i) == a && axes.moment(i) == moment) {
        double one = TensorDifference.between(got.values()[i], want.values()[i + distance]);
        double other = TensorDifference.between(got.values()[i + distance], want.values()[i]);
        if (one > allowed || other > allowed) {
          return false;
        }
      }
    }
    return true;
  }
}
