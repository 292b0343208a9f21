package org.recur4j.api.cell;

import java.util.List;
import org.recur4j.api.tensor.Tensor;

/**
 * The state of a cell between two steps; immutable. The first part is the cell's output.
 *
 * @param parts the tensors, each {@code [B, H]}: h, and for an LSTM also c
 */
public record State(List<Tensor> parts) {
  /** Copies the list. */
  public State {
    parts = List.copyOf(parts);
  }

  /**
   * Returns a state of the given parts.
   *
   * @param parts the hidden state first
   * @return the state
   */
  public static State of(Tensor... parts) {
    return new State(List.of(parts));
  }

  /**
   * Returns the hidden state, which is the output of the step.
   *
   * @return h, {@code [B, H]}
   */
  public Tensor hidden() {
    return parts.get(0);
  }
}
