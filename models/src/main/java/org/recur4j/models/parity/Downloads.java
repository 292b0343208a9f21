package org.recur4j.models.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;

/** Downloads the results of operations to the heap while they exist. */
final class Downloads {
  private final Backend backend;
  private final Tape tape;
  private final Gradients sums;
  private final int batch;

  Downloads(Backend backend, Tape tape, Gradients sums, int batch) {
    this.backend = backend;
    this.tape = tape;
    this.sums = sums;
    this.batch = batch;
  }

  /** Downloads the results of the forward pass, one list per operation. */
  List<List<Quantity>> forward(List<RecordingOps.Node> nodes) {
    List<List<Quantity>> all = new ArrayList<>();
    for (RecordingOps.Node node : nodes) {
      List<Quantity> here = new ArrayList<>();
      for (PlanRun run : node.runs()) {
        RecurrentSpec spec = run.spec();
        if (spec.gates() > 1) {
          here.add(trace(node, run, Trace.GATES, "gates", PlanRun.gates(spec), 0));
        }
        if (spec.hasCellState()) {
          here.add(
              trace(node, run, Trace.CELL_STATES, "cell states", List.of(""), Axes.Series.CELL));
        }
      }
      for (int i = 0; i < node.outputs().size(); i++) {
        Tensor output = node.outputs().get(i);
        if (output != null) {
          here.add(quantity(node, outputName(node, i), outputAxes(node, i, output), output));
        }
      }
      all.add(here);
    }
    return all;
  }

  /** Downloads the results of the backward pass, one list per operation, last operation first. */
  List<List<Quantity>> backward(List<RecordingOps.Node> nodes) {
    List<List<Quantity>> all = new ArrayList<>();
    for (int n = nodes.size() - 1; n >= 0; n--) {
      RecordingOps.Node node = nodes.get(n);
      List<Quantity> here = new ArrayList<>();
      for (int i = 0; i < node.outputs().size(); i++) {
        Tensor output = node.outputs().get(i);
        Tensor gradient = output == null ? null : tape.gradient(output);
        if (gradient != null) {
          Axes axes = new Axes.Plain(gradient.shape(), batch, Axes.BEFORE);
          here.add(quantity(node, "∂L/∂ " + outputName(node, i), axes, gradient));
        }
      }
      for (PlanRun run : node.runs()) {
        if (run.isDifferentiated()) {
          here.add(trace(node, run, Trace.STATE_GRADIENTS, "state gradients", List.of(""), 0));
        }
      }
      for (Parameter parameter : node.parameters()) {
        Tensor gradient = sums.of(parameter);
        here.add(quantity(node, "∂L/∂ " + parameter.name(), weights(node, gradient), gradient));
      }
      all.add(here);
    }
    return all;
  }

  /**
   * Returns the largest gradient, after the backward pass, with respect to the output of the last
   * operation with weights.
   */
  double largestFromLoss(List<RecordingOps.Node> nodes) {
    for (int n = nodes.size() - 1; n >= 0; n--) {
      RecordingOps.Node node = nodes.get(n);
      Tensor output = node.parameters().isEmpty() ? null : node.outputs().get(0);
      Tensor gradient = output == null ? null : tape.gradient(output);
      if (gradient != null) {
        double[] values = new double[gradient.size()];
        backend.download(gradient, values, 0);
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
      }
    }
    return 0;
  }

  private static String outputName(RecordingOps.Node node, int index) {
    if (node.runs().isEmpty()) {
      return node.outputs().size() == 1 ? node.operation() : node.operation() + " " + index;
    }
    String cell = node.runs().get(0).spec().cell().toString();
    return switch (index) {
      case 0 -> cell + " hidden states";
      case 1 -> cell + " last hidden state";
      default -> cell + " last cell state";
    };
  }

  private Axes outputAxes(RecordingOps.Node node, int index, Tensor output) {
    if (node.runs().isEmpty()) {
      return new Axes.Plain(output.shape(), batch, Axes.BEFORE);
    }
    PlanRun run = node.runs().get(0);
    return index == 0
        ? new Axes.Series(run.spec(), run.lengths(), List.of(""), Axes.Series.HIDDEN, false)
        : new Axes.Last(run.spec(), run.lengths().batch());
  }

  private static Axes weights(RecordingOps.Node node, Tensor gradient) {
    List<String> gates = List.of("");
    if (!node.runs().isEmpty()) {
      RecurrentSpec spec = node.runs().get(0).spec();
      boolean blocks = gradient.extent(0) == spec.gates() * spec.hiddenSize();
      gates = blocks ? PlanRun.gates(spec) : gates;
    }
    return new Axes.Weights(gates, gradient.shape());
  }

  private Quantity trace(
      RecordingOps.Node node, PlanRun run, Trace what, String name, List<String> blocks, int rank) {
    RecurrentSpec spec = run.spec();
    int steps = run.lengths().steps();
    int width = blocks.size() * spec.hiddenSize();
    Shape shape = Shape.of(steps, run.lengths().batch(), spec.directions(), width);
    boolean backward = what == Trace.STATE_GRADIENTS;
    Axes axes = new Axes.Series(spec, run.lengths(), blocks, rank, backward);
    try (Scope scope = backend.scope("trace")) {
      Tensor target = scope.create(spec.dataType(), shape);
      run.plan().read(run.pass(), what, target);
      return quantity(node, spec.cell() + " " + name, axes, target);
    }
  }

  private Quantity quantity(RecordingOps.Node node, String name, Axes axes, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return new Quantity(node.layer(), name, axes, values);
  }
}
