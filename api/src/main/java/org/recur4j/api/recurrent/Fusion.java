package org.recur4j.api.recurrent;

/** Whether a fused plan is wanted. */
public enum Fusion {
  /** Fused where the backend has one, else portable. */
  AUTO,
  /** Fused, or an error with the reason. */
  REQUIRE,
  /** Portable. */
  FORBID
}
