package org.recur4j.models.parity;

import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.Verdict;

/**
 * The plan that a backend chose for one recurrent layer.
 *
 * @param layer name of the layer, derived from its weights in the model file, for example {@code
 *     "rnn layer 0"}
 * @param recurrence description of the computation, for example {@code "BIDIRECTIONAL LSTM 32→64"}
 * @param report engine, fused or portable with the reason, memory of packed weights, and native
 *     calls
 */
public record PlanChoice(String layer, String recurrence, PlanReport report) {
  @Override
  public String toString() {
    Verdict verdict = report.verdict();
    // The reason of a portable plan already begins with the engine's name.
    String engine = verdict.fused() ? verdict.engine() + ", " : "";
    return layer + " (" + recurrence + "): " + engine + verdict.reason();
  }
}
