package org.recur4j.api.portable;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Verdict;

/** Runs every specification over a backend's primitives. */
public final class PortableRecurrence implements Recurrence {
  private static final Verdict VERDICT = Verdict.portable("this backend has no fused plan");

  private final Kernels kernels;
  private final Transfers transfers;

  /**
   * A recurrence over primitives.
   *
   * @param kernels the primitives
   * @param transfers how lengths reach the device
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
   * A portable plan for a backend that has fused ones but not for this specification.
   *
   * @param spec what to compute
   * @param weights read at every call
   * @param verdict why the portable plan runs; its report shows it
   * @return the plan
   */
  public RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Verdict verdict) {
    return new PortablePlan(kernels, transfers, spec, weights, verdict);
  }
}
