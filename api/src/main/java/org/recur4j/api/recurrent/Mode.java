package org.recur4j.api.recurrent;

/** The mode of a pass, which determines what a forward run keeps. */
public enum Mode {
  /** Keeps nothing but the outputs. */
  INFERENCE,
  /**
   * Keeps what backward needs, for instance the activated gates and the states before each step.
   */
  TRAINING,
  /** Keeps what backward needs and what {@link RecurrentPlan#read} can return. */
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
