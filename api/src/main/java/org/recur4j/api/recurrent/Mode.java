package org.recur4j.api.recurrent;

/** What a pass keeps. */
public enum Mode {
  /** Nothing beyond the outputs. */
  INFERENCE,
  /** What backward needs. */
  TRAINING,
  /** What backward needs and what {@link RecurrentPlan#read} can show. */
  TRACING;

  /**
   * Whether backward may follow.
   *
   * @return true for {@link #TRAINING} and {@link #TRACING}
   */
  public boolean keepsForBackward() {
    return this != INFERENCE;
  }
}
