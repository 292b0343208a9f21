package org.recur4j.models.parity;

import java.util.List;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Lengths;

/** A forward call of a plan, whose pass still holds the values to read. */
final class PlanRun {
  private final RecurrentPlan plan;
  private final Pass pass;
  private final Lengths lengths;
  private boolean differentiated;

  PlanRun(RecurrentPlan plan, Pass pass, Lengths lengths) {
    this.plan = plan;
    this.pass = pass;
    this.lengths = lengths;
  }

  RecurrentPlan plan() {
    return plan;
  }

  RecurrentSpec spec() {
    return plan.spec();
  }

  Pass pass() {
    return pass;
  }

  /** Returns the lengths of the rows; their steps are T and their batch is B. */
  Lengths lengths() {
    return lengths;
  }

  void markDifferentiated() {
    differentiated = true;
  }

  boolean isDifferentiated() {
    return differentiated;
  }

  /** Returns the names of the gates in the stored order; an empty name if there are no gates. */
  static List<String> gates(RecurrentSpec spec) {
    return switch (spec.cell()) {
      case VANILLA -> List.of("");
      case LSTM -> List.of("i (input)", "f (forget)", "g (candidate)", "o (output)");
      case GRU -> List.of("r (reset)", "z (update)", "n (candidate)");
    };
  }
}
