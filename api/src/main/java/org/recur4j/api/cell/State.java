package org.recur4j.api.cell;

import java.util.List;
import org.recur4j.api.tensor.Tensor;

/**
 * What a cell remembers between two steps; a value. The first part is what the cell shows as
 * output.
 *
 * @param parts each {@code [B, H]}: h, and for an LSTM c
 */
public record State(List<Tensor> parts) {
  /** Copies the list. */
  public State {
    parts = List.copyOf(parts);
  }

  /**
   * A state of the given parts.
   *
   * @param parts the hidden state first
   * @return the state
   */
  public static State of(Tensor... parts) {
    return new State(List.of(parts));
  }

  /**
   * The output of the step.
   *
   * @return h, {@code [B, H]}
   */
  public Tensor hidden() {
    return parts.get(0);
  }
}
