package org.recur4j.models.internal.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.State;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.internal.layer.TracedCall;
import org.recur4j.models.layer.LayerTrace;

/**
 * Reads the traces of a layer's last call.
 *
 * @param layer name of the layer
 * @param backend backend of the layer
 * @param direction direction of the layer
 * @param call the traced call
 */
record LayerTraces(String layer, Backend backend, Direction direction, TracedCall call) {
  /** Returns traces of a plan, which supplies gates and gradients itself. */
  List<LayerTrace> ofPlan(RecurrentPlan plan, List<DirectionWeights> weights) {
    RecurrentSpec spec = plan.spec();
    int size = spec.hiddenSize();
    double[] gradients = read(plan, Trace.STATE_GRADIENTS, size);
    double[] gates = read(plan, Trace.GATES, spec.gates() * size);
    double[] cells = spec.hasCellState() ? read(plan, Trace.CELL_STATES, size) : null;
    double[] hidden = initial(0);
    double[] cell = spec.hasCellState() ? initial(1) : null;
    int count = spec.directions();
    List<LayerTrace> traces = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      LayerTrace.Planned planned =
          new LayerTrace.Planned(
              spec,
              weights.get(d),
              direction(gates, d, count, spec.gates() * size),
              cells == null ? null : direction(cells, d, count, size),
              half(hidden, d, count),
              half(cell, d, count));
      traces.add(
          new LayerTrace(
              layer,
              direction.isReverse(d),
              call.lengths(),
              size,
              direction(gradients, d, count, size),
              planned));
    }
    return traces;
  }

  /** Returns traces of a step-by-step run, whose gradients of every h_t come from the tape. */
  List<LayerTrace> ofSteps(int size, UnaryOperator<Tensor> gradients) {
    List<LayerTrace> traces = new ArrayList<>();
    for (int d = 0; d < direction.count(); d++) {
      boolean reverse = direction.isReverse(d);
      traces.add(
          new LayerTrace(
              layer, reverse, call.lengths(), size, ofSteps(d, reverse, size, gradients), null));
    }
    return traces;
  }

  private double[] ofSteps(int d, boolean reverse, int size, UnaryOperator<Tensor> gradients) {
    Lengths lengths = call.lengths();
    int batch = lengths.batch();
    double[] all = new double[lengths.steps() * batch * size];
    double[] step = new double[batch * size];
    for (int walked = 0; walked < lengths.steps(); walked++) {
      Tensor gradient = gradients.apply(call.hidden().get(d).get(walked));
      if (gradient == null) {
        continue;
      }
      backend.download(gradient, step, 0);
      for (int b = 0; b < batch; b++) {
        if (walked < lengths.get(b)) {
          int time = reverse ? lengths.get(b) - 1 - walked : walked;
          System.arraycopy(step, b * size, all, (time * batch + b) * size, size);
        }
      }
    }
    return all;
  }

  private double[] read(RecurrentPlan plan, Trace what, int width) {
    Lengths lengths = call.lengths();
    Shape shape = Shape.of(lengths.steps(), lengths.batch(), direction.count(), width);
    try (Scope scope = backend.scope("trace of a layer")) {
      Tensor target = scope.create(plan.spec().dataType(), shape);
      plan.read(call.pass(), what, target);
      return download(target);
    }
  }

  private double[] initial(int part) {
    State initial = call.initial();
    return initial == null ? null : download(initial.parts().get(part));
  }

  private double[] download(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }

  /** Returns one direction of {@code [T, B, D, width]}. */
  private static double[] direction(double[] all, int direction, int directions, int width) {
    if (directions == 1) {
      return all;
    }
    double[] one = new double[all.length / directions];
    for (int from = direction * width, to = 0; to < one.length; to += width) {
      System.arraycopy(all, from, one, to, width);
      from += directions * width;
    }
    return one;
  }

  /** Returns one direction of {@code [D, B, H]}, or null for null. */
  private static double[] half(double[] states, int direction, int directions) {
    int size = states == null ? 0 : states.length / directions;
    return states == null
        ? null
        : Arrays.copyOfRange(states, direction * size, (direction + 1) * size);
  }
}
