package org.recur4j.backend.ejml;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.StaleWeightsException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.PlanReport;
import org.recur4j.api.recurrent.Precision;
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

/** A fused plan: checks at the door, packed weights, and passes that do the work. */
final class EjmlPlan implements RecurrentPlan {
  private final RecurrentSpec spec;
  private final Verdict verdict;
  private final FusedCell cell;
  private final FusedWeights weights;
  private final Workers workers;
  private final FloatEngine engine;
  private final OperandChecks checks;
  private volatile boolean closed;

  EjmlPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Workers workers,
      FloatEngine engine) {
    weights.checkAgainst(spec);
    this.spec = spec;
    this.verdict = verdict;
    this.cell = FusedCell.of(spec);
    this.weights = new FusedWeights(engine, cell, spec, weights);
    this.workers = workers;
    this.engine = engine;
    this.checks = new OperandChecks(spec);
  }

  @Override
  public RecurrentSpec spec() {
    return spec;
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    requireOpen("open");
    boolean training = mode.keepsForBackward();
    if (training && spec.precision() != Precision.FULL) {
      throw new InvalidArgumentException(
          "open a pass",
          mode + " of a plan with precision " + spec.precision(),
          "INFERENCE: weights of low precision have no gradients",
          "Train at full precision and lower it afterwards");
    }
    if (training) {
      weights.prepareBackward();
    }
    FusedSequence sequence =
        new FusedSequence(
            cell,
            spec.inputSize(),
            spec.hiddenSize(),
            spec.directions(),
            max.steps(),
            max.batch(),
            spec.hiddenMask(),
            training,
            workers,
            engine,
            spec.precision());
    sequence.arrays.reverse = spec.direction() == Direction.REVERSE;
    Tensor lifeline = scope.create(DataType.FLOAT32, Shape.of(1));
    return new EjmlPass(this, cell, sequence, max, mode, lifeline);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    EjmlPass own = own("forward", pass);
    checks.forward(in, out, own.max());
    if (!weights.isCurrent()) {
      throw stale("forward", "since the plan packed them", "Call refresh() after an update");
    }
    own.forward(in, out, weights);
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    EjmlPass own = own("backward", pass);
    requireKept("backward", own, own.mode().keepsForBackward(), "TRAINING or TRACING");
    if (!weights.isCurrent() || weights.version() != own.forwardVersion()) {
      throw stale("backward", "since this pass ran forward", "Run forward again before backward");
    }
    checks.backward(dOut, dIn, sums, weights.tensors(), own.steps(), own.batch());
    own.backward(dOut, dIn, sums, weights);
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    EjmlPass own = own("read", pass);
    requireKept("read " + what, own, own.mode() == Mode.TRACING, "TRACING");
    if (what == Trace.CELL_STATES && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          "read " + what, "a plan of " + spec.cell(), "an LSTM", "Only an LSTM has cell states");
    }
    if (what == Trace.STATE_GRADIENTS && !own.isBackwardDone()) {
      throw new InvalidArgumentException(
          "read " + what, "a pass before its backward", "one after backward", "Run backward first");
    }
    int width = what == Trace.GATES ? spec.gates() * spec.hiddenSize() : spec.hiddenSize();
    checks.trace(target, own.steps(), own.batch(), width);
    own.read(what, target);
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

  private EjmlPass own(String operation, Pass pass) {
    requireOpen(operation);
    if (!(pass instanceof EjmlPass own) || pass.plan() != this) {
      throw new InvalidArgumentException(
          operation,
          "a pass of another plan",
          "a pass of this one",
          "Open the pass with this plan");
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
      throw new ClosedException(operation, "a closed plan", "an open one", "Plan again");
    }
  }

  private static void requireKept(String operation, EjmlPass pass, boolean kept, String modes) {
    if (!kept) {
      throw new InvalidArgumentException(
          operation, "a pass in mode " + pass.mode(), modes, "Open the pass in that mode");
    }
    if (!pass.isForwardDone()) {
      throw new InvalidArgumentException(
          operation, "a pass that has not run forward", "one that has", "Run forward first");
    }
  }

  private static StaleWeightsException stale(String operation, String when, String remedy) {
    return new StaleWeightsException(
        operation, "weights that were written " + when, "the weights as they were", remedy);
  }
}
