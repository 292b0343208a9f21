package org.recur4j.models.internal.layer;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.cell.State;

/**
 * The states that recurrent layers receive from an earlier pass and return for a later one, in the
 * order in which the layers run. Used for one pass, by one thread.
 */
public final class CarriedStates {
  private final List<State> initial;
  private final List<State> last = new ArrayList<>();

  /**
   * Creates states for the layers to start from.
   *
   * @param initial one state per recurrent layer, parts {@code [D, B, H]}; empty if every layer
   *     starts from its own initial state
   */
  public CarriedStates(List<State> initial) {
    this.initial = List.copyOf(initial);
  }

  /**
   * Returns an object with which every layer starts from its own initial state.
   *
   * @return an object without states
   */
  public static CarriedStates none() {
    return new CarriedStates(List.of());
  }

  /**
   * Returns the initial state of the recurrent layer that runs now.
   *
   * @return the state; null for the layer's own initial state
   */
  public State initial() {
    return initial.isEmpty() ? null : initial.get(last.size());
  }

  /**
   * Stores the last state of that layer.
   *
   * @param state state with parts {@code [D, B, H]}
   */
  public void keep(State state) {
    last.add(state);
  }

  /**
   * Returns the last states of the layers that have run.
   *
   * @return states, in the order in which the layers ran
   */
  public List<State> last() {
    return List.copyOf(last);
  }
}
