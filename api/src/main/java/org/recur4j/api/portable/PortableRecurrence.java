package org.recur4j.api.portable;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;

/** A recurrence that runs every specification over a backend's primitives. */
public final class PortableRecurrence implements Recurrence {
  private static final Verdict VERDICT = Verdict.portable("this backend has no fused plan");

  private final Kernels kernels;
  private final Transfers transfers;

  /**
   * Creates a recurrence over primitives.
   *
   * @param kernels the primitives
   * @param transfers the transfers that upload the lengths to the device
   */
  public PortableRecurrence(Kernels kernels, Transfers transfers) {
    this.kernels = kernels;
    this.transfers = transfers;
  }

  @Override
  public Verdict assess(RecurrentSpec spec) {
    return VERDICT;
  }

  @Override
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion) {
    return plan(spec, weights, fusion.decide(spec, VERDICT));
  }

  /**
   * Returns a portable plan, for a backend that has no fused plan for this specification.
   *
   * @param spec the specification
   * @param weights the weights, which are read at every call
   * @param verdict the reason why the portable plan runs, for the report
   * @return the plan
   */
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Verdict verdict) {
    return new PortablePlan(kernels, transfers, spec, weights, verdict);
  }
}
