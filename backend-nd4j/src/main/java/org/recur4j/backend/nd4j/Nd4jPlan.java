package org.recur4j.backend.nd4j;

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
import org.recur4j.api.tensor.Tensor;

/** A fused plan: checks at the door, packed weights, and passes that do the work. */
final class Nd4jPlan implements RecurrentPlan {
  /** Native calls of a forward grow with its steps. */
  private static final int CALLS_GROW_WITH_STEPS = -1;

  private final RecurrentSpec spec;
  private final Verdict verdict;
  private final FusedCell cell;
  private final UnitCut cut;
  private final FusedWeights weights;
  private final Nd4jRecurrence owner;
  private final Workers workers;
  private volatile boolean closed;

  Nd4jPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Nd4jRecurrence owner,
      Workers workers,
      NativeMemory memory) {
    weights.checkAgainst(spec);
    this.spec = spec;
    this.verdict = verdict;
    this.cell = FusedCell.of(spec);
    this.cut = UnitCut.of(spec.hiddenSize(), spec.directions());
    this.weights = new FusedWeights(spec, cell, cut, weights, memory);
    this.owner = owner;
    this.workers = workers;
  }

  @Override
  public RecurrentSpec spec() {
    return spec;
  }

  @Override
  public Pass open(Scope scope, Extent max, Mode mode) {
    requireOpen("open");
    Workspace space = new Workspace(spec, cell, cut, scope, max, mode);
    return new Nd4jPass(this, new FusedSequence(space, workers), max, mode);
  }

  @Override
  public void forward(Pass pass, RecurrentInput in, RecurrentOutput out) {
    Nd4jPass own = own("forward", pass);
    Operands.check(spec, pass, in, out);
    if (!weights.isCurrent()) {
      throw stale("forward", "since the plan packed them", "Call refresh() after an update");
    }
    Workspace space = own.sequence.space;
    own.forwardDone = false;
    own.backwardDone = false;
    own.forwardVersion = weights.version();
    own.keep(in);
    space.call.forward(in, out);
    space.batch.of(in.x().extent(0), in.x().extent(1), in.lengths());
    own.sequence.forward(weights);
    own.forwardDone = true;
  }

  @Override
  public void backward(
      Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    Nd4jPass own = own("backward", pass);
    requireKept("backward", own, own.mode().keepsForBackward(), "TRAINING or TRACING");
    if (!weights.isCurrent() || weights.version() != own.forwardVersion) {
      throw stale("backward", "since this pass ran forward", "Run forward again before backward");
    }
    if (!own.hasInput()) {
      throw new ClosedException(
          "backward",
          "the x or the hidden mask of a scope that was closed or reset since forward",
          "the operands of forward as they were",
          "Keep their scope open until backward is done");
    }
    Workspace space = own.sequence.space;
    Operands.checkGradients(spec, space.batch.steps(), space.batch.batch(), dOut, dIn, sums);
    space.call.backward(dOut, dIn);
    own.sequence.backward(weights, sums);
    own.backwardDone = true;
  }

  @Override
  public void read(Pass pass, Trace what, Tensor target) {
    Nd4jPass own = own("read", pass);
    requireKept("read " + what, own, own.mode() == Mode.TRACING, "TRACING");
    if (what == Trace.CELL_STATES && !spec.hasCellState()) {
      throw new InvalidArgumentException(
          "read " + what, "a plan of " + spec.cell(), "an LSTM", "Only an LSTM has cell states");
    }
    if (what == Trace.STATE_GRADIENTS && !own.backwardDone) {
      throw new InvalidArgumentException(
          "read " + what, "a pass before its backward", "one after backward", "Run backward first");
    }
    int width = what == Trace.GATES ? spec.gates() * spec.hiddenSize() : spec.hiddenSize();
    requireTrace(what, target, own.sequence.space.batch, width);
    View view = new View();
    view.of(target);
    own.sequence.read(what, view, width);
  }

  private void requireTrace(Trace what, Tensor target, PackedBatch batch, int width) {
    boolean fits =
        target.shape().rank() == 4
            && target.extent(0) == batch.steps()
            && target.extent(1) == batch.batch()
            && target.extent(2) == spec.directions()
            && target.extent(3) == width
            && target.dataType() == DataType.FLOAT32;
    if (!fits) {
      throw new ShapeException(
          "read " + what,
          target.dataType() + " " + target.shape(),
          "FLOAT32 ["
              + batch.steps()
              + ", "
              + batch.batch()
              + ", "
              + spec.directions()
              + ", "
              + width
              + "]",
          "Make the target for the last forward's steps and batch");
    }
  }

  @Override
  public void refresh() {
    requireOpen("refresh");
    weights.refresh();
  }

  @Override
  public PlanReport report() {
    return new PlanReport(verdict, weights.bytes(), CALLS_GROW_WITH_STEPS);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      owner.forget(this);
      weights.free();
    }
  }

  private Nd4jPass own(String operation, Pass pass) {
    requireOpen(operation);
    if (!(pass instanceof Nd4jPass own) || pass.plan() != this) {
      throw new InvalidArgumentException(
          operation, "a pass of another plan", "a pass of this one", "Open it with this plan");
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

  private static void requireKept(String operation, Nd4jPass pass, boolean kept, String modes) {
    if (!kept) {
      throw new InvalidArgumentException(
          operation, "a pass in mode " + pass.mode(), modes, "Open the pass in that mode");
    }
    if (!pass.forwardDone) {
      throw new InvalidArgumentException(
          operation, "a pass that has not run forward", "one that has", "Run forward first");
    }
  }

  private static StaleWeightsException stale(String operation, String when, String remedy) {
    return new StaleWeightsException(
        operation, "weights that were written " + when, "the weights as they were", remedy);
  }
}
