package org.recur4j.models.parity;

import java.util.List;
import java.util.Locale;

/**
 * The first number, in the order of computing, that is further from the reference than allowed.
 * Gates of one step count as computed in their stored order; among the elements of one gate and
 * step it is the one with the largest difference.
 *
 * @param stage forward or backward
 * @param layer as in {@link PlanChoice#layer}
 * @param quantity which of its tensors: {@code "LSTM gates"}
 * @param place time step, gate, batch row, unit
 * @param got the backend's number; NaN if it is none
 * @param reference the double-precision number
 * @param allowed the largest difference that would have passed
 * @param gates every gate of that step that is beyond the tolerance, by name; empty without gates
 * @param hint what it looks like, for a person; empty where nothing is known
 */
public record Divergence(
    ParityPhase stage,
    String layer,
    String quantity,
    Place place,
    double got,
    double reference,
    double allowed,
    List<String> gates,
    String hint) {
  /** Copies the list. */
  public Divergence {
    gates = List.copyOf(gates);
  }

  /**
   * How far apart they are.
   *
   * @return at least 0; infinite where what was got is no finite number
   */
  public double difference() {
    return TensorDifference.between(got, reference);
  }

  @Override
  public String toString() {
    String others = gates.size() < 2 ? "" : "; gates beyond: " + String.join(", ", gates);
    return String.format(
        Locale.ROOT,
        "%s, layer '%s', %s, %s: got %s, reference %s, difference %.2e, allowed %.2e%s%s",
        stage.name().toLowerCase(Locale.ROOT),
        layer,
        quantity,
        place,
        got,
        reference,
        difference(),
        allowed,
        others,
        hint.isEmpty() ? "" : ". " + hint);
  }
}
