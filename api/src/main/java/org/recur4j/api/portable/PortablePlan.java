package org.recur4j.api.portable;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.CellKind;
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
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The plan over primitives. It reads the weights where they are, so there is nothing to pack; their
 * version is watched all the same, so that every plan behaves alike.
 */
final class PortablePlan implements RecurrentPlan {
  private final Transfers transfers;
  private final RecurrentSpec spec;
  private final RecurrentWeights weights;
  private final Verdict verdict;
  private final GateWeights[] gateWeights;
  private final ForwardSweep forwardSweep;
  private final BackwardSweep backwardSweep;
  private volatile long version;
  private volatile boolean closed;

  PortablePlan(
      Kernels kernels,
      Transfers transfers,
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict) {
    this.transfers = transfers;
    this.spec = spec;
    this.weights = weights;
    this.verdict = verdict;
    this.gateWeights = new GateWeights[spec.directions()];
    for (int d = 0; d < gateWeights.length; d++) {
      gateWeights[d] = GateWeights.of(spec, weights.directions().get(d));
    }
    this.forwardSweep = new ForwardSweep(kernels, spec);
    this.backwardSweep = new BackwardSweep(kernels, spec, forwardSweep);
    this.version = weights.version();
  }

  @Override
  public RecurrentSpec spec() {
    return spec;
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    checkOpen("open");
    return new PortablePass(this, scope, max, mode);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    checkOpen("forward");
    PortablePass own = own("forward", pass);
    Operands.check(spec, pass, in, out);
    long current = weights.version();
    if (current != version) {
      throw stale("forward", "the plan was made or refreshed", "Call refresh() after each update");
    }
    own.begin(in, transfers);
    for (int d = 0; d < gateWeights.length; d++) {
      forwardSweep.run(own, d, gateWeights[d], in, out);
    }
    own.version = current;
    own.ran = true;
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    checkOpen("backward");
    PortablePass own = own("backward", pass);
    if (!pass.mode().keepsForBackward() || !own.ran) {
      throw new InvalidArgumentException(
          "backward",
          own.ran ? "a pass in mode " + pass.mode() : "a pass that has not run forward",
          "a pass in mode TRAINING or TRACING after its forward",
          "Open the pass in mode TRAINING and call forward first");
    }
    Operands.checkGradients(spec, own.steps, own.batch, dOut, dIn, sums);
    if (weights.version() != own.version) {
      throw stale("backward", "the forward being differentiated", "Update weights after backward");
    }
    for (int d = 0; d < gateWeights.length; d++) {
      backwardSweep.run(
          own, d, gateWeights[d], dOut, dIn, sums == null ? null : sums.directions().get(d));
    }
    own.differentiated = true;
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    checkOpen("read");
    PortablePass own = own("read", pass);
    boolean ready = what == Trace.STATE_GRADIENTS ? own.differentiated : own.ran;
    if (pass.mode() != Mode.TRACING || !ready) {
      throw new InvalidArgumentException(
          "read " + what,
          "a pass in mode " + pass.mode() + (ready ? "" : " that has not run so far"),
          "a pass in mode TRACING after "
              + (what == Trace.STATE_GRADIENTS ? "its backward" : "its forward"),
          "Open the pass in mode TRACING and run it");
    }
    if (what == Trace.CELL_STATES && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          "read CELL_STATES", "a " + spec.cell(), "an LSTM", "Only LSTMs have cell states");
    }
    int blocks = what == Trace.GATES ? spec.gates() : 1;
    int width = blocks * spec.hiddenSize();
    Shape shape = Shape.of(own.steps, own.batch, spec.directions(), width);
    if (!target.shape().equals(shape) || target.dataType() != spec.dataType()) {
      throw new ShapeException(
          "read " + what,
          target.dataType() + " " + target.shape(),
          spec.dataType() + " " + shape,
          "Create the target for the last forward's steps and batch");
    }
    Tensor flat = target.reshape(Shape.of(own.steps, own.batch, spec.directions() * width));
    for (int d = 0; d < spec.directions(); d++) {
      for (int block = 0; block < blocks; block++) {
        Tensor series = traced(own.buffers(d), what, block).whole();
        int from = d * width + block * spec.hiddenSize();
        forwardSweep.writeHalf(own, d, series, flat, 2, from);
      }
    }
  }

  private Series traced(Buffers buffers, Trace what, int gate) {
    return switch (what) {
      case GATES -> spec.cell() == CellKind.VANILLA ? buffers.after : buffers.gates[gate];
      case CELL_STATES -> buffers.cellAfter;
      case STATE_GRADIENTS -> buffers.stateGradient;
    };
  }

  @Override
  public void refresh() {
    checkOpen("refresh");
    version = weights.version();
  }

  @Override
  public PlanReport report() {
    return new PlanReport(verdict, 0, -1);
  }

  @Override
  public void close() {
    closed = true;
  }

  private PortablePass own(String operation, Pass pass) {
    if (pass instanceof PortablePass own && own.plan() == this) {
      return own;
    }
    throw new InvalidArgumentException(
        operation,
        "a pass of another plan",
        "a pass that this plan opened",
        "Open a pass with this plan's open()");
  }

  private void checkOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation, "a closed plan", "an open one", "Keep the plan open while its passes run");
    }
  }

  private static StaleWeightsException stale(String operation, String since, String remedy) {
    return new StaleWeightsException(
        operation, "weights written since " + since, "the weights unchanged", remedy);
  }
}
