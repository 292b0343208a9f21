package org.recur4j.models.network;

import java.util.ArrayList;
import java.util.List;
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
 * @param state what the network remembers after the step
 * @param replay runs it
 */
record StepProgram(Tensor x, Tensor y, NetworkState state, Runnable replay) {
  /** A step that reads its state, and overwrites it in the end. */
  static StepProgram record(Network network, int rows, Scope scope, Passes passes) {
    // A layer may hand out its own weights as initial state: the copy is what may be overwritten.
    NetworkState state = initial(network, rows, scope).copy(network.backend(), scope);
    Recording recording = new Recording(network.backend(), scope);
    StepProgram step = record(network, input(network, rows, scope), state, recording, passes);
    state.set(recording.backend(), step.state());
    return new StepProgram(step.x(), step.y(), state, recording.finish());
  }

  /** A step that leaves the state it reads alone; another one is where the program says. */
  static StepProgram record(
      Network network, Tensor x, NetworkState before, Scope scope, Passes passes) {
    return record(network, x, before, new Recording(network.backend(), scope), passes);
  }

  private static StepProgram record(
      Network network, Tensor x, NetworkState before, Recording recording, Passes passes) {
    int rows = x.extent(1);
    Tensor lengths = recording.scope().create(DataType.INT32, Shape.of(rows));
    network.backend().kernels().fill(1, lengths);
    CarriedStates states = new CarriedStates(before.layers());
    LayerRun run =
        new LayerRun(
            recording, Lengths.full(1, rows), lengths, Mode.INFERENCE, 0, 0, passes, states);
    Tensor out = NetworkRun.through(network, run, x);
    Tensor y = network.architecture().answer().predictions(recording, out);
    return new StepProgram(x, y, new NetworkState(states.last()), recording.finish());
  }

  /** Where rows read their input from; zeros at first. */
  static Tensor input(Network network, int rows, Scope scope) {
    Architecture architecture = network.architecture();
    Tensor x =
        architecture.readsIndices()
            ? scope.create(DataType.INT32, Shape.of(1, rows))
            : scope.create(architecture.dataType(), Shape.of(1, rows, architecture.features()));
    network.backend().kernels().fill(0, x);
    return x;
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
