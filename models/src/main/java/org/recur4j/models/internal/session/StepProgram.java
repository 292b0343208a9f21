package org.recur4j.models.internal.session;

import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.internal.assembly.LayerStack;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.replay.KernelRecorder;
import org.recur4j.models.session.NetworkState;

/**
 * The recorded computation of one step of a network, over fixed tensors.
 *
 * @param x input, INT32 {@code [1, B]} or {@code [1, B, F]}
 * @param y predictions, {@code [B · C]} elements
 * @param state state after the step
 * @param replay runs the step
 */
record StepProgram(Tensor x, Tensor y, NetworkState state, Runnable replay) {
  /** Records a step that overwrites the state it starts from. */
  static StepProgram record(LayerStack stack, int rows, Scope scope, Workspaces passes) {
    // A layer may return its own weights as the initial state, so a copy is overwritten.
    NetworkState state = stack.initialState(rows, scope).copy(stack.backend(), scope);
    KernelRecorder recording = new KernelRecorder(stack.backend(), scope);
    StepProgram step = record(stack, input(stack, rows, scope), state, recording, passes);
    state.set(recording.backend(), step.state());
    return new StepProgram(step.x(), step.y(), state, recording.finish());
  }

  /** Records a step that leaves the state it starts from unchanged and returns a new one. */
  static StepProgram record(
      LayerStack stack, Tensor x, NetworkState before, Scope scope, Workspaces passes) {
    return record(stack, x, before, new KernelRecorder(stack.backend(), scope), passes);
  }

  private static StepProgram record(
      LayerStack stack,
      Tensor x,
      NetworkState before,
      KernelRecorder recording,
      Workspaces passes) {
    int rows = x.extent(1);
    Tensor lengths = recording.scope().create(DataType.INT32, Shape.of(rows));
    stack.backend().kernels().fill(1, lengths);
    CarriedStates states = new CarriedStates(before.layers());
    LayerContext run =
        new LayerContext(
            recording, Lengths.full(1, rows), lengths, Mode.INFERENCE, 0, 0, passes, states);
    Tensor out = stack.forward(run, x);
    Tensor y = stack.architecture().answer().predictions(recording, out);
    return new StepProgram(x, y, new NetworkState(states.last()), recording.finish());
  }

  /** Returns the input tensor, initially zero. */
  static Tensor input(LayerStack stack, int rows, Scope scope) {
    Architecture architecture = stack.architecture();
    Tensor x =
        architecture.readsIndices()
            ? scope.create(DataType.INT32, Shape.of(1, rows))
            : scope.create(architecture.dataType(), Shape.of(1, rows, architecture.features()));
    stack.backend().kernels().fill(0, x);
    return x;
  }
}
