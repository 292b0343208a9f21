package org.recur4j.models.session;

import java.util.Arrays;

/**
 * The result of one step, {@code (y, s′) = step(x, s)}. The array belongs to the caller.
 *
 * @param y the predictions, {@code [B · C]}
 * @param state the state after the step
 */
public record StepResult(float[] y, SessionState state) {
  @Override
  public boolean equals(Object other) {
    return other instanceof StepResult that && Arrays.equals(y, that.y) && state.equals(that.state);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(y) + state.hashCode();
  }

  @Override
  public String toString() {
    return "StepResult[y=" + Arrays.toString(y) + ", state=" + state + "]";
  }
}
