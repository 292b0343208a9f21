package org.recur4j.api.recurrent;

/** A factory of plans for recurrent layers over whole sequences. Thread-safe. */
public interface Recurrence {
  /**
   * Returns how a specification would run. It is asked before a plan is made, so that a plan never
   * finds out later that it cannot run.
   *
   * @param spec the specification
   * @return engine, fused or portable, and why
   */
  Verdict assess(RecurrentSpec spec);

  /**
   * Makes a plan. Begins with {@link Fusion#decide}.
   *
   * @param spec what the plan computes
   * @param weights read now and at every {@link RecurrentPlan#refresh}, by some plans at every
   *     call; their scope stays open for as long as the plan runs
   * @param fusion whether a fused plan is wanted
   * @return an open plan; the caller closes it
   * @throws org.recur4j.api.error.BackendException if fusion is required and {@link #assess} says
   *     portable
   * @throws org.recur4j.api.error.ShapeException if the weights do not fit the specification
   */
  RecurrentPlan plan(RecurrentSpec spec, RecurrentWeights weights, Fusion fusion);
}
