package org.recur4j.api.recurrent;

/** A backend's way of running whole sequences. Thread-safe. */
public interface Recurrence {
  /**
   * How a specification would run; asked beforehand, so that nothing is decided by a failure.
   *
   * @param spec the specification
   * @return engine, fused or portable, and why
   */
  Verdict assess(RecurrentSpec spec);

  /**
   * Prepares weights.
   *
   * @param spec what to compute
   * @param weights read now and at every {@link RecurrentPlan#refresh}, by some plans at every
   *     call; their scope stays open for as long as the plan runs
   * @param fusion whether a fused plan is wanted
   * @return a plan
   * @throws org.recur4j.api.error.BackendException if fusion is required and {@link #assess} says
   *     portable
   * @throws org.recur4j.api.error.ShapeException if the weights do not fit the specification
   */
  RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion);
}
