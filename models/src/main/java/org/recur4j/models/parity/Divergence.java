package org.recur4j.models.parity;

import java.util.List;
import java.util.Locale;

/**
 * The first element, in the order of computation, whose difference from the reference exceeds the
 * tolerance. The gates of one step are ordered as stored; among the elements of one gate and step,
 * the one with the largest difference is reported.
 *
 * @param stage half of the training step
 * @param layer name of the layer, as in {@link PlanChoice#layer}
 * @param quantity name of the tensor, for example {@code "LSTM gates"}
 * @param place time step, gate, batch row and unit
 * @param got value on the backend; NaN if it is not a number
 * @param reference value in double precision
 * @param allowed largest allowed difference
 * @param gates names of all gates of that step that exceed the tolerance; empty without gates
 * @param hint human-readable hint at the cause; empty if unknown
 */
public record Divergence(
    ParityPhase stage,
    String layer,
    String quantity,
    ElementPosition place,
    double got,
    double reference,
    double allowed,
    List<String> gates,
    String hint) {
  /** Creates a divergence with a copy of the list. */
  public Divergence {
    gates = List.copyOf(gates);
  }

  /**
   * Returns the difference from the reference.
   *
   * @return at least 0; infinite if the backend's value is not finite
   */
  public double difference() {
    return TensorDifference.between(got, reference);
  }

  @Override
  public String toString() {
    String others =
        gates.size() < 2 ? "" : "; gates beyond the tolerance: " + String.join(", ", gates);
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
