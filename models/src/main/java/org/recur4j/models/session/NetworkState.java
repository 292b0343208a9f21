package org.recur4j.models.session;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * What a network remembers between two passes over the same rows: after one chunk of every sequence
 * and before the next.
 *
 * @param layers one state for each recurrent layer, first layer first; parts {@code [D, B, H]}: h,
 *     and for an LSTM c
 */
public record NetworkState(List<State> layers) {
  /** Copies the list. */
  public NetworkState {
    layers = List.copyOf(layers);
  }

  /**
   * The same numbers in tensors of their own, which no tape knows: a pass that begins with them
   * sends no gradient into the pass that ended with these.
   *
   * @param backend where they live
   * @param scope owner of the copy
   * @return a state that lives as long as the scope
   */
  public NetworkState copy(Backend backend, Scope scope) {
    List<State> copies = new ArrayList<>();
    for (State state : layers) {
      List<Tensor> parts = new ArrayList<>();
      for (Tensor part : state.parts()) {
        Tensor copy = scope.create(part.dataType(), part.shape());
        backend.kernels().copy(part, copy);
        parts.add(copy);
      }
      copies.add(new State(parts));
    }
    return new NetworkState(copies);
  }

  /**
   * Overwrites these numbers, which stay where they are: a state carried from chunk to chunk
   * without new memory.
   *
   * @param backend where both live
   * @param source a state of the same shapes
   */
  public void set(Backend backend, NetworkState source) {
    check(source);
    List<Tensor> from = source.parts();
    List<Tensor> to = parts();
    for (int i = 0; i < to.size(); i++) {
      backend.kernels().copy(from.get(i), to.get(i));
    }
  }

  /**
   * Returns every part of the state of every layer.
   *
   * @return {@code [D, B, H]} each, first layer first
   */
  public List<Tensor> parts() {
    return layers.stream().flatMap(state -> state.parts().stream()).toList();
  }

  private void check(NetworkState source) {
    if (!source.shapes().equals(shapes())) {
      throw new InvalidArgumentException(
          "NetworkState.set",
          "a state of shapes " + source.shapes(),
          shapes().toString(),
          "Use states of one network and of as many rows");
    }
  }

  private List<List<Shape>> shapes() {
    return layers.stream()
        .map(state -> state.parts().stream().map(Tensor::shape).toList())
        .toList();
  }
}
