package org.recur4j.api.recurrent;

/** The mode of a pass: what it keeps of a forward run. */
public enum Mode {
  /** Nothing beyond the outputs. */
  INFERENCE,
  /** What backward needs: for instance the activated gates and the states before each step. */
  TRAINING,
  /** What backward needs and what {@link RecurrentPlan#read} can show. */
  TRACING;

  /**
   * Returns whether backward may follow forward.
   *
   * @return true for {@link #TRAINING} and {@link #TRACING}
   */
  public boolean keepsForBackward() {
    return this != INFERENCE;
  }
}
