package org.recur4j.models.parity;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recur4j.api.error.RecurException;
import org.recur4j.api.tensor.DataType;

/** Compares two recordings of one model element by element. */
final class Differences {
  private final DataType type;
  private final Map<String, TensorDifference> tensors = new LinkedHashMap<>();
  private final Map<ParityPhase, Divergence> first = new EnumMap<>(ParityPhase.class);

  private Differences(DataType type) {
    this.type = type;
  }

  static Differences of(StepRecording got, StepRecording want, Tolerance tolerance, DataType type) {
    Differences differences = new Differences(type);
    for (ParityPhase stage : ParityPhase.values()) {
      double unit = stage == ParityPhase.FORWARD ? 1 : want.unit();
      Bound bound = new Bound(stage, tolerance.of(stage), unit);
      differences.compare(bound, got.of(stage), want.of(stage));
    }
    return differences;
  }

  /**
   * Returns the differences in the order of computation, with one entry for a tensor that is
   * computed several times.
   */
  List<TensorDifference> tensors() {
    return new ArrayList<>(tensors.values());
  }

  Optional<Divergence> first(ParityPhase stage) {
    return Optional.ofNullable(first.get(stage));
  }

  private void compare(Bound bound, List<List<Quantity>> got, List<List<Quantity>> want) {
    if (got.size() != want.size()) {
      throw unlike(bound.stage(), got.size() + " operations", want.size() + " operations");
    }
    Map<String, Integer> totals = new HashMap<>();
    want.forEach(here -> here.forEach(one -> totals.merge(one.label(), 1, Integer::sum)));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < got.size(); i++) {
      want.get(i).forEach(one -> counts.merge(one.label(), 1, Integer::sum));
      TensorComparison earliest = compareOperation(bound, got.get(i), want.get(i));
      if (earliest != null && !first.containsKey(bound.stage())) {
        String label = earliest.label();
        first.put(bound.stage(), earliest.divergence(counts.get(label), totals.get(label)));
      }
    }
  }

  /** Returns the earliest divergent tensor of one operation, or null. */
  private TensorComparison compareOperation(Bound bound, List<Quantity> got, List<Quantity> want) {
    ParityPhase stage = bound.stage();
    if (got.size() != want.size()) {
      throw unlike(stage, got.toString(), want.toString());
    }
    TensorComparison earliest = null;
    for (int i = 0; i < got.size(); i++) {
      if (!got.get(i).matches(want.get(i))) {
        throw unlike(stage, got.get(i).toString(), want.get(i).toString());
      }
      TensorComparison one = new TensorComparison(got.get(i), want.get(i), bound, type);
      TensorDifference all = one.difference();
      tensors.merge(stage + one.label(), all, TensorDifference::and);
      if (one.diverges() && (earliest == null || one.order() < earliest.order())) {
        earliest = one;
      }
    }
    return earliest;
  }

  private static RecurException unlike(ParityPhase stage, String got, String want) {
    return new RecurException(
        RecurException.message(
            "parity, " + stage,
            got,
            want + ", as the reference computed",
            "A model must run the same operations on every backend; look for a layer or a loss"
                + " that depends on the backend"));
  }
}
