package org.recur4j.api.recurrent;

/** A factory of plans for recurrent layers over whole sequences. Thread-safe. */
public interface Recurrence {
  /**
   * Returns how a specification would run. Call it before making a plan, so that no plan fails
   * because it cannot run.
   *
   * @param spec the specification
   * @return the engine, whether the plan is fused or portable, and the reason
   */
  Verdict assess(RecurrentSpec spec);

  /**
   * Makes a plan. Implementations call {@link Fusion#decide} first.
   *
   * @param spec the specification of the plan
   * @param weights the weights, which are read now and at every {@link RecurrentPlan#refresh}, and
   *     by some plans at every call; their scope must stay open while the plan is in use
   * @param fusion the policy for choosing a fused plan
   * @return an open plan; the caller closes it
   * @throws org.recur4j.api.error.BackendException if fusion is required and {@link #assess}
   *     returns portable
   * @throws org.recur4j.api.error.ShapeException if the weights do not fit the specification
   */
  RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion);
}
