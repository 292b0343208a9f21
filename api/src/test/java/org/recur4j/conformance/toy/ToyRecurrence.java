package org.recur4j.conformance.toy;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;

/** A fused plan for the LSTM, the portable plan for everything else. */
final class ToyRecurrence implements Recurrence {
  private final PortableRecurrence portable;

  ToyRecurrence(PortableRecurrence portable) {
    this.portable = portable;
  }

  /** Asked before anything is planned: a plan never finds out later that it cannot. */
  @Override
  public Verdict assess(RecurrentSpec spec) {
    String obstacle = obstacle(spec);
    return obstacle == null
        ? new Verdict("toy", true, "fused: the LSTM has a plan of its own")
        : new Verdict("portable", false, "portable: " + obstacle);
  }

  private static String obstacle(RecurrentSpec spec) {
    if (spec.cell() != CellKind.LSTM) {
      return "only the LSTM has a fused plan";
    }
    if (!spec.activation().equals(Activation.TANH)) {
      return "the fused LSTM knows no activation but TANH";
    }
    if (!spec.gateActivation().equals(Activation.SIGMOID)) {
      return "the fused LSTM knows no gate activation but SIGMOID";
    }
    return spec.precision() == Precision.FULL ? null : "the fused LSTM knows full precision only";
  }

  @Override
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
    Verdict verdict = fusion.decide(spec, assess(spec));
    return verdict.fused()
        ? new ToyPlan(spec, weights, verdict)
        : portable.plan(spec, weights, verdict);
  }
}
