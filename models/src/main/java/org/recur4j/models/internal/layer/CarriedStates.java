package org.recur4j.models.internal.layer;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.State;

/**
 * The states that recurrent layers take over from an earlier pass and hand on to a later one, in
 * the order in which the layers run. For one pass, on one thread.
 */
public final class CarriedStates {
  private final List<State> initial;
  private final List<State> last = new ArrayList<>();

  /**
   * States for the layers to begin with.
   *
   * @param initial one for each recurrent layer, parts {@code [D, B, H]}; empty where every layer
   *     begins with its own
   */
  public CarriedStates(List<State> initial) {
    this.initial = List.copyOf(initial);
  }

  /**
   * Every layer begins with its own state.
   *
   * @return nothing carried yet
   */
  public static CarriedStates none() {
    return new CarriedStates(List.of());
  }

  /**
   * What the recurrent layer that runs now begins with.
   *
   * @return its state; null for the layer's own
   */
  public State initial() {
    return initial.isEmpty() ? null : initial.get(last.size());
  }

  /**
   * Hands on what that layer ended with.
   *
   * @param state parts {@code [D, B, H]}
   */
  public void keep(State state) {
    last.add(state);
  }

  /**
   * What the layers that have run ended with.
   *
   * @return in the order in which they ran
   */
  public List<State> last() {
    return List.copyOf(last);
  }
}
