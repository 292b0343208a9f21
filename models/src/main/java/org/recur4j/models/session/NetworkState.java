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
 * The state of all recurrent layers of a network, passed from one chunk of a batch of sequences to
 * the next.
 *
 * @param layers one state for each recurrent layer, first layer first; parts {@code [D, B, H]}: h,
 *     and for an LSTM c
 */
public record NetworkState(List<State> layers) {
  private static final List<String> NAMES = List.of("h", "c");

  /** Creates a state from a copy of the list. */
  public NetworkState {
    layers = List.copyOf(layers);
  }

  /**
   * Copies the state into new tensors that are not recorded on any tape, so that a pass starting
   * from the copy propagates no gradient into the pass that produced this state.
   *
   * @param backend backend that holds the tensors
   * @param scope owner of the new tensors
   * @return a state that is valid as long as the scope is open
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
   * Overwrites the values of this state in place, so that carrying a state from chunk to chunk
   * needs no new memory.
   *
   * @param backend backend that holds both states
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

  /**
   * Returns a part of a layer's state by name.
   *
   * @param layer recurrent layers counted from 0
   * @param name {@code "h"}, what the layer puts out; {@code "c"}, the cell state of an LSTM, or
   *     the second part of what a custom cell remembers
   * @return {@code [D, B, H]}
   * @throws InvalidArgumentException if there is no such layer, or it has no part of that name
   */
  public Tensor part(int layer, String name) {
    if (layer < 0 || layer >= layers.size()) {
      throw new InvalidArgumentException(
          "part of a state",
          "recurrent layer " + layer,
          layers.isEmpty() ? "none, because no layer recurs" : "0 to " + (layers.size() - 1),
          "Count recurrent layers only, from 0");
    }
    int place = NAMES.indexOf(name);
    List<Tensor> parts = layers.get(layer).parts();
    if (place < 0 || place >= parts.size()) {
      throw new InvalidArgumentException(
          "part of a state",
          "'" + name + "' of recurrent layer " + layer,
          "one of " + NAMES.subList(0, Math.min(NAMES.size(), parts.size())),
          "Ask for h; only an LSTM has a cell state c");
    }
    return parts.get(place);
  }

  private void check(NetworkState source) {
    if (!source.shapes().equals(shapes())) {
      throw new InvalidArgumentException(
          "NetworkState.set",
          "a state of shapes " + source.shapes(),
          shapes().toString(),
          "Use states of one network and with the same number of rows");
    }
  }

  private List<List<Shape>> shapes() {
    return layers.stream()
        .map(state -> state.parts().stream().map(Tensor::shape).toList())
        .toList();
  }
}
