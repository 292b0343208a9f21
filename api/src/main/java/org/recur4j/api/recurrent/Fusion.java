package org.recur4j.api.recurrent;

import org.recur4j.api.error.BackendException;

/** Whether a fused plan is wanted. */
public enum Fusion {
  /** Fused where the backend has one, else portable. */
  AUTO,
  /** Fused, or an error with the reason. */
  REQUIRE,
  /** Portable. */
  FORBID;

  /**
   * What this policy makes of a backend's answer; the first line of every {@link Recurrence#plan}.
   *
   * @param spec the specification
   * @param assessed what {@link Recurrence#assess} says of it
   * @return which plan to make, and why
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
