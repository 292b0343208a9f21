package org.recur4j.api.recurrent;

import org.recur4j.api.error.BackendException;

/** A policy for the choice between a fused and a portable plan. */
public enum Fusion {
  /** Runs a fused plan if the backend has one, else the portable plan. */
  AUTO,
  /** Runs a fused plan, or throws an exception with the reason why there is none. */
  REQUIRE,
  /** Runs the portable plan. */
  FORBID;

  /**
   * Applies this policy to a backend's assessment. Every {@link Recurrence#plan} calls it first.
   *
   * @param spec the specification
   * @param assessed the result of {@link Recurrence#assess} for it
   * @return the kind of plan to make, and the reason
   * @throws BackendException if a fused plan is required and there is none
   */
  public Verdict decide(RecurrentSpec spec, Verdict assessed) {
    if (this == FORBID) {
      return Verdict.portable("fusion is forbidden");
    }
    if (this == REQUIRE && !assessed.fused()) {
      throw new BackendException(
          "plan " + spec.cell(),
          "fusion REQUIRE, but " + assessed.reason(),
          "a specification that this backend runs fused",
          "Use fusion AUTO, change the specification, or use another backend");
    }
    return assessed;
  }
}
