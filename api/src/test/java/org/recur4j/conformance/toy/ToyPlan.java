package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Operands;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The toy's fused LSTM: what a plan must see to, around the equations in {@link ToySweep}. */
final class ToyPlan implements RecurrentPlan {
  private final RecurrentSpec spec;
  private final Verdict verdict;
  private final ToyWeights weights;
  private final ToySweep sweep;
  private volatile boolean closed;

  ToyPlan(RecurrentSpec spec, RecurrentWeights weights, Verdict verdict) {
    weights.checkAgainst(spec);
    this.spec = spec;
    this.verdict = verdict;
    this.weights = new ToyWeights(spec, weights);
    this.sweep = new ToySweep(spec, this.weights);
  }

  @Override
  public RecurrentSpec spec() {
    return spec;
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    requireOpen("open");
    return new ToyPass(this, scope, max, mode);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    ToyPass own = own("forward", pass);
    Operands.check(spec, pass, in, out);
    if (!weights.isCurrent()) {
      throw stale("forward", "since the plan packed them", "Call refresh() after an update");
    }
    own.begin(in.x().extent(0), in.x().extent(1), in.lengths());
    own.input = in.x();
    own.hiddenMask = in.hiddenMask();
    own.version = weights.version();
    for (int d = 0; d < spec.directions(); d++) {
      for (int b = 0; b < own.batch; b++) {
        sweep.forward(own, d, b, in, out);
      }
    }
    own.ran = true;
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    ToyPass own = own("backward", pass);
    if (!own.mode().keepsForBackward() || !own.ran) {
      throw new InvalidArgumentException(
          "backward",
          own.ran ? "a pass in mode " + own.mode() : "a pass that has not run forward",
          "a pass in mode TRAINING or TRACING after its forward",
          "Open the pass in mode TRAINING and call forward first");
    }
    Operands.checkGradients(spec, own.steps, own.batch, dOut, dIn, sums);
    if (!weights.isCurrent() || weights.version() != own.version) {
      throw stale("backward", "since this pass ran forward", "Run forward again before backward");
    }
    if (dIn != null && dIn.x() != null) {
      clear(dIn.x());
    }
    for (int d = 0; d < spec.directions(); d++) {
      for (int b = 0; b < own.batch; b++) {
        sweep.backward(own, d, b, dOut, dIn);
      }
      sweep.deliver(own, sums == null ? null : sums.directions().get(d));
    }
    own.differentiated = true;
  }

  private static void clear(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      set(tensor, i, 0);
    }
  }

  /** Past a row's length there is nothing to show, and exact zeros are shown. */
  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    ToyPass own = own("read", pass);
    requireTraced(own, what);
    int width = (what == Trace.GATES ? spec.gates() : 1) * spec.hiddenSize();
    requireShape(what, target, Shape.of(own.steps, own.batch, spec.directions(), width));
    for (int i = 0; i < target.size(); i++) {
      int place = i / width;
      int row = place / spec.directions() % own.batch;
      int time = place / spec.directions() / own.batch;
      set(target, i, time < own.length(row) ? traced(own, what, place, i % width) : 0);
    }
  }

  private double traced(ToyPass pass, Trace what, int place, int unit) {
    int h = spec.hiddenSize();
    return switch (what) {
      case GATES -> get(pass.gates, place * 4 * h + unit);
      case STATE_GRADIENTS -> get(pass.stateGradients, place * h + unit);
      case CELL_STATES -> {
        double i = get(pass.gates, place * 4 * h + unit);
        double f = get(pass.gates, place * 4 * h + h + unit);
        double g = get(pass.gates, place * 4 * h + 2 * h + unit);
        yield f * get(pass.cellBefore, place * h + unit) + i * g;
      }
    };
  }

  @Override
  public void refresh() {
    requireOpen("refresh");
    weights.refresh();
  }

  @Override
  public PlanReport report() {
    return new PlanReport(verdict, weights.bytes(), 0);
  }

  @Override
  public void close() {
    closed = true;
  }

  private ToyPass own(String operation, Pass pass) {
    requireOpen(operation);
    if (!(pass instanceof ToyPass own) || pass.plan() != this) {
      throw new InvalidArgumentException(
          operation,
          "a pass of another plan",
          "a pass that this plan opened",
          "Open a pass with this plan's open()");
    }
    if (!own.isOpen()) {
      throw new ClosedException(
          operation,
          "a pass whose scope was closed or reset",
          "a pass of an open scope",
          "Open the pass in a scope that lives as long as it is used");
    }
    return own;
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation, "a closed plan", "an open one", "Keep the plan open while its passes run");
    }
  }

  private static void requireTraced(ToyPass pass, Trace what) {
    boolean ready = what == Trace.STATE_GRADIENTS ? pass.differentiated : pass.ran;
    if (pass.mode() != Mode.TRACING || !ready) {
      throw new InvalidArgumentException(
          "read " + what,
          "a pass in mode " + pass.mode() + (ready ? "" : " that has not run so far"),
          "a pass in mode TRACING after its forward, for gradients after its backward",
          "Open the pass in mode TRACING and run it");
    }
  }

  private void requireShape(Trace what, Tensor target, Shape shape) {
    DataType type = spec.dataType();
    if (!target.shape().equals(shape) || target.dataType() != type) {
      throw new ShapeException(
          "read " + what,
          target.dataType() + " " + target.shape(),
          type + " " + shape,
          "Create the target for the last forward's steps and batch");
    }
  }

  private static StaleWeightsException stale(String operation, String when, String remedy) {
    return new StaleWeightsException(
        operation, "weights that were written " + when, "the weights as they were", remedy);
  }
}
