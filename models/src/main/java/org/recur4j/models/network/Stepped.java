package org.recur4j.models.network;

import java.util.Arrays;

/**
 * What one step gives: {@code (y, s′) = step(x, s)}. The array is the caller's.
 *
 * @param y the answers, {@code [B · C]}
 * @param state what the network remembers now
 */
public record Stepped(float[] y, SessionState state) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Stepped that && Arrays.equals(y, that.y) && state.equals(that.state);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(y) + state.hashCode();
  }

  @Override
  public String toString() {
    return "Stepped[y=" + Arrays.toString(y) + ", state=" + state + "]";
  }
}
