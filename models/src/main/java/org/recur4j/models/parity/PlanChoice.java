package org.recur4j.models.parity;

import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.Verdict;

/**
 * How a backend chose to run one recurrent layer.
 *
 * @param layer named as its weights are in the model file: {@code "rnn layer 0"}
 * @param recurrence what it computes: {@code "BIDIRECTIONAL LSTM 32→64"}
 * @param report engine, fused or portable and why; memory of packed weights; native calls
 */
public record PlanChoice(String layer, String recurrence, PlanReport report) {
  @Override
  public String toString() {
    Verdict verdict = report.verdict();
    // The reason of a portable plan begins with the engine's name.
    String engine = verdict.fused() ? verdict.engine() + ", " : "";
    return layer + " (" + recurrence + "): " + engine + verdict.reason();
  }
}
