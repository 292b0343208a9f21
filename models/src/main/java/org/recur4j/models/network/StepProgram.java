package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.layer.CarriedStates;
import org.recur4j.models.layer.Layer;
import org.recur4j.models.layer.LayerRun;
import org.recur4j.models.layer.Passes;
import org.recur4j.models.layer.RecurrentLayer;
import org.recur4j.models.replay.Recording;

/**
 * One step of a network over fixed tensors, recorded once.
 *
 * @param x what it reads: INT32 {@code [1, B]} or {@code [1, B, F]}
 * @param y the answers it writes, {@code [B · C]} elements
 * @param state what it remembers: read, and overwritten in the end
 * @param replay runs it
 */
record StepProgram(Tensor x, Tensor y, NetworkState state, Runnable replay) {
  static StepProgram record(Network network, int rows, Scope scope, Passes passes) {
    Backend backend = network.backend();
    Architecture architecture = network.architecture();
    Tensor x =
        architecture.readsIndices()
            ? scope.create(DataType.INT32, Shape.of(1, rows))
            : scope.create(architecture.dataType(), Shape.of(1, rows, architecture.features()));
    backend.kernels().fill(0, x);
    Tensor lengths = scope.create(DataType.INT32, Shape.of(rows));
    backend.kernels().fill(1, lengths);
    // A layer may hand out its own weights as initial state: the copy is what may be overwritten.
    NetworkState state = initial(network, rows, scope).copy(backend, scope);
    CarriedStates states = new CarriedStates(state.layers());
    Recording recording = new Recording(backend, scope);
    LayerRun run =
        new LayerRun(
            recording, Lengths.full(1, rows), lengths, Mode.INFERENCE, 0, 0, passes, states);
    Tensor y = network.answers(recording, NetworkRun.through(network, run, x));
    state.set(recording.backend(), new NetworkState(states.last()));
    return new StepProgram(x, y, state, recording.finish());
  }

  /** What rows begin with. */
  static NetworkState initial(Network network, int rows, Scope scope) {
    List<State> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof RecurrentLayer recurrent) {
        layers.add(recurrent.initialState(new EagerOps(network.backend(), scope), rows));
      }
    }
    return new NetworkState(layers);
  }
}
